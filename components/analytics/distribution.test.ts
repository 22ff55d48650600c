import { expect, test } from "vitest";
import { giniWords, spreadWords } from "./distribution";

const quantiles = { p50: 2, p90: 20, p99: 60, max: 93 };

test("a distribution is told in sentences, the rare ones only where there are enough tenants", () => {
  expect(spreadWords("cpu", { tenants: 500, quantiles, bins: [], gini: 0.72 })).toEqual([
    "Half of the 500 tenants are at 2.0 % or below; one in ten is above 20.0 %, one in a hundred above 60.0 %, the highest is 93.0 %.",
    "Gini coefficient 0.72: few tenants have most of it.",
  ]);
  expect(spreadWords("cpu", { tenants: 4, quantiles, bins: [], gini: null })).toEqual([
    "Half of the 4 tenants are at 2.0 % or below; the highest is 93.0 %.",
  ]);
});

test("of means no part of a whole is told", () => {
  expect(spreadWords("latency", { tenants: 4, quantiles, bins: [], gini: 0.72 })).toHaveLength(1);
});

test("where nothing is known nothing is said", () => {
  const unknown = { p50: null, p90: null, p99: null, max: null };
  expect(spreadWords("cpu", { tenants: 0, quantiles: unknown, bins: [], gini: null })).toEqual([]);
  expect(giniWords(0)).toContain("all have about the same");
  expect(giniWords(1)).toContain("nearly all");
});
