import fc from "fast-check";
import { expect, test } from "vitest";
import type { Metric } from "@/lib/kernel/metrics";
import { Rejections } from "./rejections";
import type { KnownSeries } from "./series";
import { type Known, type Taken, TenantState, type Value } from "./tenant-state";

const start = 1_000_000_000;
const nothing: Known = { series: [], readings: new Map(), refusedAt: 0, fromRuntime: new Set() };
const stateOf = (known: Known) => new TenantState(known, 1000, new Rejections());

/** A delta of a histogram of requests: of one resource and metric, told apart by its attributes. */
const delta = (series: number, at: number, count: number): Taken => ({
  ...{ shape: "histogram", delta: true, start: 0, at, value: count, count, gone: false },
  ...{ hash: String(series).padStart(64, "0"), feed: "http", rank: 2 },
});

/** What is known after points were taken. */
function after(known: Known, state: TenantState, values: Value[]): Known {
  const series = new Map(known.series.map((one): [string, KnownSeries] => [one.hash, one]));
  for (const one of state.changed.values()) series.set(one.hash, one);
  const readings = new Map<Metric, { value: number; at: number }>(known.readings);
  for (const { metric, at, value } of values) {
    if (at >= (readings.get(metric)?.at ?? 0)) readings.set(metric, { value, at });
  }
  return { ...known, series: [...series.values()], readings };
}

test("points of many times at once lead to what the same lead to time by time", () => {
  const points = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 90_000 }), fc.nat(50)), { maxLength: 40 });
  fc.assert(
    fc.property(points, (steps) => {
      let time = start;
      const list = steps.map(([series, by, count]) => {
        time += by;
        return delta(series, time, count);
      });
      const whole = stateOf(nothing);
      const told = whole.take(list);
      let known = nothing;
      const single = list.flatMap((point) => {
        const state = stateOf(known);
        const values = state.take([point]);
        known = after(known, state, values);
        return values;
      });
      expect(told).toEqual(single);
      expect(new Map(whole.changed)).toEqual(new Map(known.series.map((one) => [one.hash, one])));
    }),
  );
});

test("values at many times do not go through all series at each of them", () => {
  const [series, times] = [500, 2000];
  let reads = 0;
  const known = Array.from({ length: series }, (_, index): KnownSeries => {
    const { hash, feed, rank } = delta(index, start, 1);
    const one = { hash, feed, rank, startedAt: start - 10_000, value: null, count: null, adds: 1, weight: 1 };
    const get = () => {
      reads++;
      return start;
    };
    return Object.defineProperty({ ...one, at: start }, "at", { enumerable: true, get });
  });
  const state = stateOf({ ...nothing, series: known });
  const values = state.take(Array.from({ length: times }, (_, index) => delta(0, start + 1000 + index * 5, 3)));
  expect(values.length).toBeGreaterThan(times);
  expect(reads).toBeLessThan(series * 50);
  // What stayed away was zero from the first of these times on.
  expect([...state.changed.values()].filter(({ weight }) => weight === 0)).toHaveLength(series - 1);
});

test("a value that came after newer ones moves the newest too, once for all that came so", () => {
  const level = (series: number, at: number, value: number): Taken => ({
    ...delta(series, at, 0),
    ...{ shape: "level", delta: false, value, count: null, feed: "pooled", rank: 3 },
  });
  const first = stateOf(nothing);
  const known = after(nothing, first, first.take([level(1, start + 50_000, 4)]));
  const values = stateOf(known).take([level(2, start, 1), level(2, start + 10_000, 2), level(3, start + 60_000, 8)]);
  expect(values.map(({ at, value }) => [at - start, value])).toEqual([
    [0, 5],
    [10_000, 6],
    [50_000, 6],
    [60_000, 14],
  ]);
});
