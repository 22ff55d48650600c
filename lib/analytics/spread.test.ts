import { expect, test } from "vitest";
import { distributionOf, moves } from "./spread";

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

const bins = (...means: (number | null)[]) =>
  distributionOf(means).bins.map(({ from, to, tenants }) => [from, to, tenants]);

test("values far apart have bins of powers", () => {
  expect(bins(0, 3, 5, 40)).toEqual([
    [0, 2, 1],
    [2, 4, 1],
    [4, 8, 1],
    [8, 16, 0],
    [16, 32, 0],
    [32, 64, 1],
  ]);
});

test("values near each other have bins of one round width, so that they are not all in one", () => {
  expect(bins(99.21, 99.39, 99.4, 99.4, 0, null)).toEqual([
    [0, 99.2, 1],
    [99.2, 99.25, 1],
    [99.25, 99.3, 0],
    [99.3, 99.35, 0],
    [99.35, 99.4, 1],
    [99.4, 99.45, 2],
  ]);
  expect(bins(7, 7, 7)).toEqual([
    [0, 7, 0],
    [7, 7.001, 3],
  ]);
});
