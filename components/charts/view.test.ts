import { expect, test } from "vitest";
import { between, moveBy, notBeyond, shortest, zoomAround } from "./view";

const hour = 3_600_000;

test("zooming keeps the time under the pointer where it is", () => {
  const zoomed = zoomAround({ from: 0, to: 10 * hour }, 4 * hour, 0.5);
  expect(zoomed).toEqual({ from: 2 * hour, to: 7 * hour });
});

test("nobody can zoom so far that nothing is left", () => {
  const { from, to } = zoomAround({ from: 0, to: 2 * shortest }, shortest, 0.001);
  expect(to - from).toBe(shortest);
  expect(between(5000, 5001)).toEqual({ from: 5001 - shortest / 2, to: 5001 + shortest / 2 });
});

test("a stretch drawn from right to left is the same as from left to right", () => {
  expect(between(9 * hour, 2 * hour)).toEqual({ from: 2 * hour, to: 9 * hour });
});

test("a view moves by parts of its length, but not into the future", () => {
  const moved = moveBy({ from: 0, to: 4 * hour }, 0.5);
  expect(moved).toEqual({ from: 2 * hour, to: 6 * hour });
  expect(notBeyond(moved, 5 * hour)).toEqual({ from: hour, to: 5 * hour });
});
