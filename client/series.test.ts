import { expect, test } from "vitest";
import type { Points } from "@/lib/history/shapes";
import { appendPoint, newestValue } from "./series";

const step = 2000;

test("a measurement in a new step is added, one in the same step replaces", () => {
  const points: Points = [[10_000, 1]];
  expect(appendPoint(points, { time: 12_400, value: 2 }, step, 0)).toEqual([
    [10_000, 1],
    [12_000, 2],
  ]);
  expect(appendPoint(points, { time: 11_900, value: 3 }, step, 0)).toEqual([[10_000, 3]]);
});

test("a long silence leaves a gap instead of a line", () => {
  expect(appendPoint([[10_000, 1]], { time: 40_000, value: 5 }, step, 0)).toEqual([
    [10_000, 1],
    [12_000, null],
    [40_000, 5],
  ]);
});

test("points before the window go, but for one that the line comes from", () => {
  const points: Points = [
    [2000, 1],
    [4000, 2],
    [6000, 3],
  ];
  expect(appendPoint(points, { time: 8000, value: 4 }, step, 6000)).toEqual([
    [4000, 2],
    [6000, 3],
    [8000, 4],
  ]);
});

test("the newest value is unknown when the last point is a gap", () => {
  expect(newestValue([[1, 5]])).toBe(5);
  expect(
    newestValue([
      [1, 5],
      [2, null],
    ]),
  ).toBeNull();
  expect(newestValue([])).toBeNull();
});
