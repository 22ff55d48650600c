import { expect, test } from "vitest";
import { hasSum, showSum } from "./sums";

test("a sum is told in what people pay for", () => {
  expect(showSum("cpu", 100 * 3600 * 2)).toEqual({ text: "2", unit: "core-h" });
  expect(showSum("storage", 2048 * 3600)).toEqual({ text: "2.00", unit: "GiB-h" });
  expect(showSum("requests", 12_345.4)).toEqual({ text: "12,345", unit: "" });
  expect(showSum("connections", 90 * 60)).toEqual({ text: "1.5", unit: "conn-h" });
});

test("means and ratios have no sum", () => {
  expect(hasSum("latency")).toBe(false);
  expect(hasSum("cacheHit")).toBe(false);
  expect(hasSum("waitTime")).toBe(false);
});
