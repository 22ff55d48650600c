import { expect, test } from "vitest";
import { showValues } from "./show-values";
import { type Scale, steadyScale } from "./steady-scale";

const cpu = showValues("cpu");

test("an axis grows at once, and stays while the peak moves a little", () => {
  let scale: Scale | null = null;
  const ends = [11, 14, 16, 14.5, 15.5, 14, 4].map((peak) => {
    scale = steadyScale(scale, peak, cpu);
    return scale.end;
  });
  expect(ends).toEqual([15, 15, 20, 20, 20, 20, 6]);
});

test("the peak always fits, and an axis of percent ends at 100", () => {
  for (const peak of [0, 0.03, 1, 99, 1234, 250_000]) {
    expect(steadyScale(null, peak, cpu).end).toBeGreaterThanOrEqual(peak);
  }
  expect(steadyScale(null, 12, showValues("cacheHit"))).toEqual({ step: 25, end: 100 });
});
