import { expect, test } from "vitest";
import type { ProcessView } from "@/lib/processes/contract";
import { extend, loansOver, type Readings, ratesOf, sumOf } from "./rates";

const start = Date.parse("2026-11-22T03:00:00Z");

function said(seconds: number, counts: Partial<ProcessView>): ProcessView {
  const none = { connects: 0, reuses: 0, waits: 0, waitMs: 0, timeouts: 0, evictions: 0 };
  return { id: "a", seenAt: new Date(start + seconds * 1000).toISOString(), ...none, ...counts } as ProcessView;
}

test("rates are what moved between a process's own reports, whenever they were read", () => {
  let readings: Readings = new Map();
  readings = extend(readings, [said(0, { connects: 5, reuses: 100 })]);
  expect(ratesOf(readings.get("a"))).toBeUndefined();
  readings = extend(readings, [said(0, { connects: 5, reuses: 100 })]);
  readings = extend(readings, [said(2, { connects: 5, reuses: 120, waits: 4, waitMs: 50 })]);
  readings = extend(readings, [said(4, { connects: 10, reuses: 135, waits: 4, waitMs: 50 })]);
  expect(ratesOf(readings.get("a"))).toMatchObject({
    loans: 10,
    reused: 35 / 40,
    waits: 1,
    waitTime: 12.5,
    timeouts: 0,
  });
  expect(loansOver(readings.get("a"))).toEqual([10, 10]);
});

test("a rate looks back ten seconds, and two minutes are kept", () => {
  let readings: Readings = new Map();
  for (let second = 0; second <= 300; second += 2)
    readings = extend(readings, [said(second, { reuses: second < 290 ? second : 290 + (second - 290) * 5 })]);
  expect(ratesOf(readings.get("a"))?.loans).toBe(5);
  expect(readings.get("a")).toHaveLength(60);
  expect(extend(readings, []).size).toBe(0);
});

test("several processes add up, and the mean wait weighs each by its waits", () => {
  const rates = (waits: number, waitMs: number) => {
    const first = extend(new Map(), [said(0, {})]);
    return ratesOf(extend(first, [said(1, { waits, waitMs, reuses: 3 })]).get("a"));
  };
  const all = [rates(1, 100), rates(3, 60)].flatMap((one) => one ?? []);
  expect(sumOf(all)).toMatchObject({ loans: 6, waits: 4, waitTime: 40 });
  expect(sumOf([])).toBeUndefined();
});
