import fc from "fast-check";
import { expect, test } from "vitest";
import { rounded } from "@/lib/kernel/metrics";
import { backoff, HighWater, heartbeatPeriod, Meter, movement, untilNextBeat } from "./rules";

const value = fc.integer({ min: 0, max: 2 ** 40 });
const readings = fc.array(
  fc.record({
    value,
    at: fc.double({ min: 0, max: 1e6, noNaN: true }),
    epoch: fc.constantFrom("before the reset", "after it"),
  }),
  { maxLength: 60 },
);

test("whatever a counter and the clock do, a movement is never negative and never without time", () => {
  fc.assert(
    fc.property(readings, fc.constantFrom(0, 6), (given, windowSeconds) => {
      const meter = new Meter(windowSeconds);
      for (const reading of given) {
        const moved = meter.move("counter", reading);
        if (!moved) continue;
        expect(moved.by).toBeGreaterThanOrEqual(0);
        expect(moved.seconds).toBeGreaterThanOrEqual(0.2);
      }
    }),
  );
});

test("no restart makes a spike: a movement is never more than the counter rose within one counting", () => {
  const steps = fc.array(fc.record({ rise: fc.integer({ min: 0, max: 100 }), reset: fc.boolean() }), { maxLength: 50 });
  fc.assert(
    fc.property(steps, (given) => {
      const meter = new Meter();
      let counter = 1_000_000;
      let epoch = 0;
      given.forEach(({ rise, reset }, index) => {
        if (reset) epoch++;
        counter = reset ? rise : counter + rise;
        const moved = meter.move("counter", { value: counter, at: index * 2, epoch: String(epoch) });
        expect(moved?.by ?? 0).toBeLessThanOrEqual(reset ? 0 : rise);
      });
    }),
  );
});

test("the first reading, another epoch, a lower value and a clock that stands or goes back say nothing", () => {
  const before = { value: 100, at: 10, epoch: "a" };
  expect(movement(undefined, before)).toBeUndefined();
  expect(movement(before, { value: 200, at: 12, epoch: "b" })).toBeUndefined();
  expect(movement(before, { value: 99, at: 12, epoch: "a" })).toBeUndefined();
  expect(movement(before, { value: 200, at: 10, epoch: "a" })).toBeUndefined();
  expect(movement(before, { value: 200, at: 3, epoch: "a" })).toBeUndefined();
  expect(movement(before, { value: 200, at: 12, epoch: "a" })).toEqual({ by: 100, seconds: 2 });
});

test("a meter with a window averages over it, so that counters that are flushed now and then do not flicker", () => {
  const meter = new Meter(6);
  const rates = Array.from({ length: 20 }, (_, index) => {
    const moved = meter.move("counter", { value: Math.floor(index / 2) * 40, at: index * 2, epoch: "" });
    return moved ? moved.by / moved.seconds : undefined;
  });
  for (const rate of rates.slice(6)) expect(rate).toBe(10);
});

test("what a high-water mark rises by adds up to its highest value, whatever dips there are", () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (given) => {
      const mark = new HighWater();
      const risen = given.map((one) => mark.rise(one) ?? 0);
      expect(Math.min(...risen)).toBeGreaterThanOrEqual(0);
      const sum = risen.reduce((total, one) => total + one, 0);
      expect(sum).toBe(Math.max(...given) - (given[0] ?? 0));
    }),
  );
});

test("heartbeats come once a minute for a tenant, and are spread over it for a fleet", () => {
  const start = Date.UTC(2026, 10, 21);
  const ids = Array.from(
    { length: 600 },
    (_, index) => `00000000-0000-7000-8000-0000${(index * 7919).toString(16).padStart(8, "0")}`,
  );
  const due = Array.from({ length: 30 }, (_, tick) => {
    const at = start + tick * 2000;
    return ids.filter((id) => heartbeatPeriod(id, at) !== heartbeatPeriod(id, at - 2000)).length;
  });
  expect(due.reduce((sum, count) => sum + count, 0)).toBe(600);
  expect(Math.max(...due)).toBeLessThan(60);
});

test("values are rounded to the digits of their metric", () => {
  expect(rounded("cpu", 12.3456)).toBe(12.3);
  expect(rounded("storage", 12.3456)).toBe(12.35);
  expect(rounded("connections", 3)).toBe(3);
});

test("a round that took too long skips beats and keeps the beat", () => {
  expect(untilNextBeat(1000, 1300, 2000)).toBe(1700);
  expect(untilNextBeat(1000, 5500, 2000)).toBe(1500);
  expect([1, 2, 3, 4, 5, 50].map(backoff)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
});
