import { expect, test } from "vitest";
import { binEdges, giniWords, shownBins, spreadWords } from "./distribution";

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

test("bins are drawn from the first in which somebody is, and their edges can be told apart", () => {
  const bin = (from: number, to: number, tenants = 0) => ({ from, to, tenants });
  const even = [bin(0, 99.39), bin(99.39, 99.395, 2), bin(99.395, 99.4, 1)];
  expect(shownBins(even)).toEqual(even.slice(1));
  expect(shownBins([bin(0, 4, 1), bin(4, 8)])).toHaveLength(2);
  expect([99.39, 99.395, 99.4].map(binEdges("cacheHit", shownBins(even)))).toEqual(["99.39 %", "99.395 %", "99.4 %"]);
  expect([0, 4, 8].map(binEdges("latency", [bin(0, 4, 1), bin(4, 8)]))).toEqual(["0", "4 ms", "8 ms"]);
});
