import { expect, test } from "vitest";
import { risenSince } from "./risen";

const points = (...values: (number | null)[]) => values.map((value, index) => [index * 10_000, value] as const);

test("a rise is told with its beginning and what was before", () => {
  expect(risenSince(points(2, 3, 2, 2, 4, 90, 95, 92, 94, 96), 25)).toEqual({ since: 50_000, now: 94, before: 2 });
});

test("one value between two statements does not begin it anew, nor does a gap", () => {
  expect(risenSince(points(2, 3, 2, 2, 90, 95, 1, null, 94, 96), 25)).toMatchObject({ since: 40_000 });
});

test("nothing is told of what is usual, little, over again, or older than the period", () => {
  expect(risenSince(points(80, 85, 82, 90, 88, 84, 86, 90, 85), 25)).toBeNull();
  expect(risenSince(points(1, 1, 1, 1, 1, 9, 9, 9, 9), 25)).toBeNull();
  expect(risenSince(points(2, 2, 2, 90, 90, 90, 2, 2, 2), 25)).toBeNull();
  expect(risenSince(points(90, 90, 90, 90, 90, 90, 90, 90), 25)).toBeNull();
  expect(risenSince(points(2, 90), 25)).toBeNull();
});
