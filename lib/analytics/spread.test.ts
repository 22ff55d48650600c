import { expect, test } from "vitest";
import { moves } from "./spread";

const figures = (pairs: [before: number | null, mean: number | null][]) => ({
  before: pairs.map(([before]) => before),
  mean: pairs.map(([, mean]) => mean),
  max: [],
  ms: [],
});

test("whoever moved by less than half a percent did not move", () => {
  const { up, down } = moves(
    figures([
      [1000, 1004],
      [1000, 1006],
      [1000, 996],
      [1000, 990],
      [0, 0.001],
      [7, 7],
    ]),
    5,
  );
  expect([up, down].map((list) => list.map(({ index }) => index))).toEqual([[1, 4], [3]]);
});

test("those unknown now or before are left out, and each list has the top alone", () => {
  const { up, down } = moves(
    figures([
      [null, 5],
      [5, null],
      [1, 2],
      [1, 4],
      [9, 3],
    ]),
    1,
  );
  expect(up).toEqual([{ index: 3, change: 3 }]);
  expect(down).toEqual([{ index: 4, change: -6 }]);
});
