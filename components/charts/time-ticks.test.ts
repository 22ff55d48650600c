import { expect, test } from "vitest";
import { timeTicks } from "./time-ticks";
import { tickLabel } from "./zone-clock";

const at = (text: string) => Date.parse(text);

test("days begin at the zone's midnight, also on the day on which the clock is changed", () => {
  const { at: ticks, step } = timeTicks(at("2026-03-27T23:00Z"), at("2026-03-31T00:00Z"), "Europe/Vienna", 4);
  expect(step).toBe(86_400_000);
  expect(ticks.map((time) => new Date(time).toISOString())).toEqual([
    "2026-03-27T23:00:00.000Z",
    "2026-03-28T23:00:00.000Z",
    "2026-03-29T22:00:00.000Z",
    "2026-03-30T22:00:00.000Z",
  ]);
});

test("a year has a tick a quarter, at the first of a month", () => {
  const { at: ticks, step } = timeTicks(at("2025-11-15T00:00Z"), at("2026-11-15T00:00Z"), "UTC", 5);
  expect(ticks.map((time) => new Date(time).toISOString().slice(0, 10))).toEqual([
    "2026-01-01",
    "2026-04-01",
    "2026-07-01",
    "2026-10-01",
  ]);
  expect(ticks.map((time) => tickLabel(time, "UTC", step))).toEqual(["2026", "Apr", "Jul", "Oct"]);
});

test("there are never more ticks than there is room for", () => {
  for (const hours of [0.02, 1, 5, 30, 200, 3000, 9000]) {
    const from = at("2026-06-01T07:13:21Z");
    const { at: ticks } = timeTicks(from, from + hours * 3_600_000, "America/New_York", 8);
    expect(ticks.length).toBeLessThanOrEqual(9);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
  }
});
