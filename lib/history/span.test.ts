import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Asked } from "./asked";
import { before, spanOf, spanView } from "./span";
import type { HistoryState } from "./state";
import { bucketMs } from "./steps";

const now = new Date("2026-11-22T10:07:30Z");
const day = 86_400_000;
const at = (text: string) => Date.parse(text);

const state = (more: Partial<HistoryState["until"]> = {}): HistoryState => ({
  since: {
    raw: now.getTime() - 3 * day,
    minute: now.getTime() - 14 * day,
    hour: now.getTime() - 400 * day,
    day: 0,
  },
  until: { minute: at("2026-11-22T10:06Z"), hour: at("2026-11-22T10:00Z"), day: at("2026-11-22T00:00Z"), ...more },
  filled: { minute: at("2026-11-22T10:06Z"), hour: at("2026-11-22T10:06Z"), day: at("2026-11-22T10:06Z") },
  madeUp: null,
});

const asked = (more: Partial<Asked> = {}): Asked => ({
  ...{ range: "24h", tz: "UTC", granularity: "auto", width: 800 },
  ...more,
});
const one = { tenants: 1, tail: true };
const many = { tenants: 10_000, tail: false };
const frameOf = (more: Partial<Asked> = {}, reach = one, kept = state()) => spanOf(asked(more), now, kept, reach);
const seconds = (frame: { step: { ms: number } }) => frame.step.ms / 1000;

describe("the steps of a period", () => {
  test.each([
    ["1h", 60, "minute"],
    ["6h", 60, "minute"],
    ["24h", 300, "minute"],
    ["7d", 3600, "hour"],
    ["30d", 7200, "hour"],
    ["90d", 21_600, "hour"],
    ["1y", 86_400, "day"],
  ] as const)("of one tenant over %s are %i seconds long and read from the %s", (range, step, level) => {
    const frame = frameOf({ range });
    expect([seconds(frame), frame.level]).toEqual([step, level]);
  });

  test.each([
    ["24h", 3600, "hour"],
    ["7d", 3600, "hour"],
    ["30d", 86_400, "day"],
  ] as const)(
    "of ten thousand tenants over %s are %i seconds long, so that not too much is read",
    (range, step, level) => {
      const frame = frameOf({ range }, many);
      expect([seconds(frame), frame.level]).toEqual([step, level]);
    },
  );

  test("begin at whole steps, cover the period, and end now", () => {
    const frame = frameOf({ granularity: "hour" });
    expect(frame.begins[0]).toBe(at("2026-11-21T10:00Z"));
    expect(frame.begins.at(-1)).toBe(at("2026-11-22T10:00Z"));
    expect(frame.to).toBe(now.getTime());
    expect(before(frame)).toEqual({ from: at("2026-11-20T09:00Z"), to: at("2026-11-21T10:00Z") });
  });

  test("are not read from a level that is dropped by then, or not rolled up yet", () => {
    const old = { from: "2026-10-01T00:00:00Z", to: "2026-10-01T06:00:00Z" };
    expect(frameOf(old)).toMatchObject({ level: "hour", step: { ms: 3_600_000 } });
    expect(frameOf({ range: "24h" }, one, state({ minute: null, hour: null, day: null })).level).toBe("raw");
    expect(frameOf({ range: "1y" }, one, state({ day: null })).level).toBe("hour");
  });

  test("days begin at midnight of the zone, 23 or 25 hours after the one before where clocks change", () => {
    const frame = frameOf({
      ...{ from: "2026-10-23T22:00:00Z", to: "2026-10-27T23:00:00Z" },
      ...{ tz: "Europe/Vienna", granularity: "day" },
    });
    expect(frame.begins.map((begin) => new Date(begin).toISOString())).toEqual([
      "2026-10-23T22:00:00.000Z",
      "2026-10-24T22:00:00.000Z",
      "2026-10-25T23:00:00.000Z",
      "2026-10-26T23:00:00.000Z",
    ]);
    expect([frame.level, frame.tz]).toEqual(["hour", "Europe/Vienna"]);
  });

  test("days of a zone with a half hour are put together from minutes, and are UTC's where those are gone", () => {
    const kolkata = { tz: "Asia/Kolkata", granularity: "day" } as const;
    expect(frameOf({ range: "7d", ...kolkata })).toMatchObject({ level: "minute", tz: "Asia/Kolkata" });
    expect(frameOf({ range: "30d", ...kolkata })).toMatchObject({ level: "day", tz: "UTC" });
    // Its minutes are kept from the 8th on, but not those of the whole month.
    const month = { ...kolkata, from: "2026-11-10T00:00:00Z", granularity: "month" } as const;
    expect(frameOf(month)).toMatchObject({ level: "day", tz: "UTC" });
  });

  test("where a midnight is skipped, the day begins after it", () => {
    const period = { from: "2026-04-23T12:00:00Z", to: "2026-04-25T12:00:00Z" };
    const frame = frameOf({ ...period, tz: "Africa/Cairo", granularity: "day" });
    // On 24 April 2026 clocks in Cairo go from 00:00 to 01:00.
    expect(new Date(frame.begins[1] ?? 0).toISOString()).toBe("2026-04-23T22:00:00.000Z");
  });

  test("an answer says up to when it is filled", () => {
    expect(spanView(frameOf({ range: "7d" }, many)).asOf).toBe("2026-11-22T10:06:00.000Z");
    expect(spanView(frameOf()).asOf).toBe(now.toISOString());
    const none = { ...state({ minute: null, hour: null, day: null }), filled: { minute: null, hour: null, day: null } };
    expect(spanView(frameOf({}, many, none)).asOf).toBeNull();
  });

  test("in an installation's first minute, steps of one's own are answered, and nothing is known of them", () => {
    const none = state({ minute: null, hour: null, day: null });
    const months = frameOf({ range: "1y", granularity: "month", tz: "Europe/Vienna" }, { ...one, tail: false }, none);
    expect(months).toMatchObject({ tz: "Europe/Vienna", level: "hour" });
    expect(months.begins.length).toBeGreaterThanOrEqual(12);
  });
});

describe("what can't be answered is refused", () => {
  const week = "2026-11-15T00:00:00Z";
  test.each([
    [{ from: week, to: week }, "to"],
    [{ from: "2026-11-23T00:00:00Z" }, "from"],
    [{ from: "2020-01-01T00:00:00Z" }, "from"],
    [{ range: "7d", granularity: "minute" }, "granularity"],
    [{ from: "2026-10-01T00:00:00Z", to: "2026-10-01T06:00:00Z", granularity: "minute" }, "granularity"],
  ] as const)("%j by the field %s", (more, field) => {
    expect(() => frameOf(more)).toThrow(expect.objectContaining({ code: "invalid" }));
    try {
      frameOf(more);
    } catch (error) {
      expect(Object.keys((error as { fields: object }).fields)).toEqual([field]);
    }
  });

  test("minutes of too many tenants at once", () => {
    expect(() => frameOf({ granularity: "minute" }, many)).toThrow(/another look/);
  });
});

test("whatever is asked, steps are few, in order, cover the period, and are whole buckets of their level", () => {
  const monthsOfFiveYears = 62;
  const zones = ["UTC", "Europe/Vienna", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"];
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 5 * 365 * 86_400 }),
      fc.integer({ min: 0, max: 200 * 86_400 }),
      fc.constantFrom(...zones),
      fc.integer({ min: 50, max: 10_000 }),
      fc.constantFrom(one, many, { tenants: 40, tail: false }),
      (length, ago, tz, width, reach) => {
        const to = now.getTime() - ago * 1000;
        const from = to - length * 1000;
        const iso = (time: number) => new Date(time).toISOString();
        const frame = frameOf({ from: iso(from), to: iso(to), tz, width }, reach);
        expect(frame.begins.length).toBeLessThanOrEqual(Math.max(Math.min(width, 2000), monthsOfFiveYears));
        expect(frame.from).toBeLessThanOrEqual(from);
        expect(frame.to).toBeGreaterThanOrEqual(Math.min(to, now.getTime()));
        expect(frame.begins.every((begin, step) => begin > (frame.begins[step - 1] ?? 0))).toBe(true);
        const bucket = frame.level === "raw" ? bucketMs.minute : bucketMs[frame.level];
        expect(frame.begins.every((begin) => begin % bucket === 0)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});
