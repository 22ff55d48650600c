import { expect, test } from "vitest";
import { axisFor } from "./history-config";
import { showValues } from "./show-values";

const cpu = showValues("cpu");

test("the axis ends above all that was measured, and shows what is usual where that is near", () => {
  expect(axisFor({ own: 90, low: 0, high: 0 }, cpu)).toEqual({ step: 25, end: 90, ends: false });
  expect(axisFor({ own: 90, low: 10, high: 120 }, cpu)).toMatchObject({ end: 150, ends: false });
});

test("what is usual may reach beyond the axis, but never with its lower edge", () => {
  expect(axisFor({ own: 90, low: 2, high: 800 }, cpu)).toEqual({ step: 50, end: 200, ends: true });
  expect(axisFor({ own: 1, low: 60, high: 100 }, cpu)).toMatchObject({ end: 80, ends: true });
  expect(axisFor({ own: 0, low: 0, high: 8 }, cpu)).toMatchObject({ end: 8, ends: false });
});

test("cache hits end at 100 % whatever is measured", () => {
  expect(axisFor({ own: 99, low: 90, high: 101 }, showValues("cacheHit"))).toMatchObject({ end: 100, ends: true });
});
