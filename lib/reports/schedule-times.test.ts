import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { momentOf, wallOf } from "@/lib/kernel/zones";
import { dueCount, lastDue, nextDue, type Times } from "./schedule-times";

const day = 86_400_000;
const at = (text: string) => new Date(text);
const daily = (time: string, tz: string): Times => ({ every: "daily", at: time, day: null, tz });

/** The next `count` times at which a schedule is due. */
function dues(times: Times, after: string, count: number): string[] {
  const found: string[] = [];
  for (let from = at(after); found.length < count; ) {
    from = nextDue(times, from);
    found.push(from.toISOString().slice(0, 16));
  }
  return found;
}

describe("where clocks change", () => {
  test("a time that the day has not is the next one there is", () => {
    expect(dues(daily("02:30", "Europe/Vienna"), "2026-03-28T00:00Z", 3)).toEqual([
      ...["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"],
    ]);
  });

  test("a time that the day has twice counts once, the first time", () => {
    expect(dues(daily("02:30", "Europe/Vienna"), "2026-10-24T12:00Z", 2)).toEqual([
      ...["2026-10-25T00:30", "2026-10-26T01:30"],
    ]);
  });

  test("half an hour, as Lord Howe Island has it, and a midnight that is skipped, as Beirut's", () => {
    expect(dues(daily("02:15", "Australia/Lord_Howe"), "2026-10-03T00:00Z", 2)).toEqual([
      ...["2026-10-03T15:30", "2026-10-04T15:15"],
    ]);
    expect(dues(daily("00:00", "Asia/Beirut"), "2026-03-28T12:00Z", 2)).toEqual([
      ...["2026-03-28T22:00", "2026-03-29T21:00"],
    ]);
  });

  test("a day that a zone left out begins with the next: Samoa had no 30 December 2011", () => {
    expect(dues(daily("00:00", "Pacific/Apia"), "2011-12-29T12:00Z", 2)).toEqual([
      ...["2011-12-30T10:00", "2011-12-31T10:00"],
    ]);
  });
});

test("the 31st is a shorter month's last day", () => {
  const monthly: Times = { every: "monthly", at: "09:00", day: 31, tz: "UTC" };
  expect(dues(monthly, "2028-01-31T09:00Z", 4)).toEqual([
    ...["2028-02-29T09:00", "2028-03-31T09:00", "2028-04-30T09:00", "2028-05-31T09:00"],
  ]);
});

test("a week's seventh day is its Sunday", () => {
  const weekly: Times = { every: "weekly", at: "18:00", day: 7, tz: "America/New_York" };
  expect(dues(weekly, "2026-10-30T00:00Z", 2)).toEqual(["2026-11-01T23:00", "2026-11-08T23:00"]);
});

test("what was missed is counted with its ends", () => {
  const times = daily("06:00", "UTC");
  const now = at("2026-11-23T05:00Z");
  expect(lastDue(times, now)).toEqual(at("2026-11-22T06:00Z"));
  expect(dueCount(times, at("2026-11-20T06:00Z"), lastDue(times, now))).toBe(3);
});

const zones = Intl.supportedValuesOf("timeZone").filter((tz) => tz !== "Pacific/Apia" && tz !== "Pacific/Kwajalein");
const schedules: fc.Arbitrary<Times> = fc
  .record({
    every: fc.constantFrom("daily" as const, "weekly" as const, "monthly" as const),
    minutes: fc.integer({ min: 0, max: 1439 }),
    day: fc.integer({ min: 1, max: 31 }),
    tz: fc.constantFrom(...zones),
  })
  .map(({ every, minutes, day: any, tz }) => {
    const two = (value: number) => `${value}`.padStart(2, "0");
    const of = { daily: null, weekly: ((any - 1) % 7) + 1, monthly: any }[every];
    return { every, at: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`, day: of, tz };
  });
const moments = fc.date({ min: at("2000-01-01T00:00Z"), max: at("2060-01-01T00:00Z"), noInvalidDate: true });

/** The first moment of those on which a wall clock is at or past a time, looked at minute by minute. */
function slowly(wall: number, tz: string): number {
  let moment = Math.floor((wall - day) / 60_000) * 60_000;
  while (wallOf(moment, tz) < wall) moment += 60_000;
  return moment;
}

describe("in all zones, from 2000 to 2060", () => {
  test("the next time is after, the last one is not, and nothing lies between", () => {
    fc.assert(
      fc.property(schedules, moments, (times, now) => {
        const [last, next] = [lastDue(times, now), nextDue(times, now)];
        expect(last.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(nextDue(times, last)).toEqual(next);
        expect(lastDue(times, new Date(next.getTime() - 1))).toEqual(last);
        const longest = { daily: 1, weekly: 7, monthly: 31 }[times.every];
        expect(next.getTime() - last.getTime()).toBeLessThanOrEqual((longest + 1 / 8) * day);
      }),
      { numRuns: 2000 },
    );
  });

  test("the wall clock shows the time that was asked for, or the first one after a gap", () => {
    fc.assert(
      fc.property(schedules, moments, (times, now) => {
        const next = nextDue(times, now).getTime();
        const shown = new Date(wallOf(next, times.tz));
        const [hour = 0, minute = 0] = times.at.split(":").map(Number);
        const asked = Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate(), hour, minute);
        const here = shown.getTime() - asked;
        if (here === 0) return;
        // The clock jumped over it: a second before, it showed less than what was asked for.
        const before = wallOf(next - 1000, times.tz);
        expect(shown.getTime() - before).toBeGreaterThan(1000);
        const skipped = here > 0 ? asked : asked - day;
        expect(before).toBeLessThan(skipped);
      }),
      { numRuns: 2000 },
    );
  });

  test("the moment of a wall clock's time is the one that is found by looking at each minute", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (tz, now) => {
        const wall = Math.floor(now.getTime() / 60_000) * 60_000;
        expect(momentOf(wall, tz)).toBe(slowly(wall, tz));
      }),
      { numRuns: 60 },
    );
  });
});
