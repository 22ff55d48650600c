import fc from "fast-check";
import { expect, test } from "vitest";
import { type Metric, rounded } from "@/lib/kernel/metrics";
import { fed } from "./mapping";
import { standing } from "./movement";
import { type KnownSeries, resourceOf } from "./series";
import { Totals } from "./totals";

/** The same by going through all series again. */
function total(metric: Metric, time: number, all: KnownSeries[]): number | null {
  const stand = all.filter((one) => {
    const { from, until } = standing(one);
    const feeds = (fed[one.feed] as readonly Metric[]).includes(metric);
    return feeds && from <= time && time <= until && (one.adds !== null || one.weight !== null);
  });
  const chosen = stand.filter(({ hash, rank }) =>
    stand.every((one) => resourceOf(one.hash) !== resourceOf(hash) || one.rank <= rank),
  );
  if (metric === "latency") {
    const parts = chosen.flatMap(({ adds, weight }) => (adds === null || !weight ? [] : [{ adds, weight }]));
    const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
    return weights > 0 ? parts.reduce((sum, { adds, weight }) => sum + adds * weight, 0) / weights : null;
  }
  const parts = chosen.flatMap(({ feed, adds, weight }) => {
    const part = feed === "http" || feed === "httpFailed" ? weight : adds;
    return part === null ? [] : [metric === "errors" && feed === "http" ? 0 : part];
  });
  return parts.length > 0 ? parts.reduce((sum, one) => sum + one, 0) : null;
}

const amount = fc.option(fc.nat(1000));
const change = fc.record({
  series: fc.nat(11),
  after: fc.nat(120_000),
  ahead: fc.integer({ min: -200_000, max: 300_000 }),
  interval: fc.nat(60_000),
  adds: amount,
  weight: amount,
});

/** Twelve series of three resources, of all feeds and ranks that can meet in one metric. */
function seriesOf(index: number): Pick<KnownSeries, "hash" | "feed" | "rank"> {
  const feed = (["http", "httpFailed", "requests", "errors"] as const)[index % 4] ?? "http";
  return { hash: String(index % 3).repeat(20) + String(index).padStart(44, "0"), feed, rank: 1 + (index % 2) };
}

test("as time goes on, values are those that going through all series again would give", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const [totals, all] = [new Totals(), new Map<string, KnownSeries>()];
      let time = 1_000_000_000;
      for (const { series, after, ahead, interval, adds, weight } of changes) {
        time += after;
        const at = time + ahead;
        const one = { ...seriesOf(series), startedAt: at - interval, at, value: null, count: null, adds, weight };
        all.set(one.hash, one);
        totals.set(one);
        for (const metric of ["requests", "errors", "latency"] as const) {
          const [told, again] = [totals.at(metric, time), total(metric, time, [...all.values()])];
          expect(told === null ? null : rounded(metric, told)).toEqual(again === null ? null : rounded(metric, again));
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("a huge value that has gone leaves nothing behind", () => {
  const totals = new Totals();
  const level = (index: number, at: number, adds: number) =>
    totals.set({
      ...seriesOf(index),
      feed: "pooled",
      rank: 3,
      startedAt: at,
      at,
      value: null,
      count: null,
      adds,
      weight: 1,
    });
  level(0, 1_000_000, 1e15);
  level(1, 1_100_000, 0.1);
  expect(totals.at("pooled", 1_100_000)).toBe(1e15 + 0.1);
  expect(totals.at("pooled", 1_150_001)).toBe(0.1);
});
