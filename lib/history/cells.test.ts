import fc from "fast-check";
import { expect, test } from "vitest";
import { figure } from "./cells";
import { points } from "./shapes";

test("a figure has the seven digits that writing it down gives, at any size", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), (value) => {
      const written = Number(value.toPrecision(7));
      expect(Math.abs(figure(value) - written)).toBeLessThanOrEqual(Math.abs(written) * 1.001e-6);
      expect(figure(figure(value))).toBe(figure(value));
    }),
    { examples: [[0], [1e-9], [999.99999], [1000], [-1000], [123456.789], [9_999_999.6], [1e12]] },
  );
  expect(figure(123.45678912)).toBe(123.4568);
  expect(figure(0.000123456789)).toBe(0.0001234568);
});

test("only points are points", () => {
  expect(points.safeParse([]).success).toBe(true);
  expect(
    points.safeParse([
      [1, 2.5],
      [2, null],
    ]).success,
  ).toBe(true);
  for (const wrong of [
    null,
    {},
    "[]",
    [1],
    [[1]],
    [[1, 2, 3]],
    [["1", 2]],
    [[1, "2"]],
    [[1, Number.NaN]],
    [[null, 1]],
    [[1, undefined]],
  ])
    expect(points.safeParse(wrong).success).toBe(false);
});
