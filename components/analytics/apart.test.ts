import { expect, test } from "vitest";
import { inWords } from "@/components/ui/format";
import type { Metric } from "@/lib/kernel/metrics";
import { showApart } from "./apart";

const shown = (metric: Metric, ...values: number[]) => {
  const show = showApart(metric, values);
  return values.map((value) => inWords(show(value)));
};

test("figures that stand together can be told apart, with no more digits than that takes", () => {
  expect(shown("cpu", 2, 20)).toEqual(["2.0 %", "20.0 %"]);
  expect(shown("cpu", 1.23, 1.19)).toEqual(["1.23 %", "1.19 %"]);
  expect(shown("cacheHit", 99.41, 99.43)).toEqual(["99.41 %", "99.43 %"]);
  expect(shown("errors", 0.0071, 0.0093, 0.012)).toEqual(["0.0071 /s", "0.0093 /s", "0.012 /s"]);
});

test("what is the same looks the same, and noise is no difference", () => {
  expect(shown("cpu", 99.4, 99.4)).toEqual(["99.4 %", "99.4 %"]);
  expect(shown("cpu", 99.4, 99.4000001)).toEqual(["99.4 %", "99.4 %"]);
});
