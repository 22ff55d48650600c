import fc from "fast-check";
import { expect, test } from "vitest";
import { judge, type Stretch } from "./detect-rules";
import { median, quantile, spreadAround } from "./statistics";
import { normalNoise } from "./testing-series";
import { dayMs, type HourValue, hourMs, hourOfWeek, spreadThatCounts, usualOf, type Watched } from "./usual";

const monday = Date.UTC(2026, 9, 5);

function hours(days: number, valueAt: (at: number, hour: number) => number | null): HourValue[] {
  return Array.from({ length: days * 24 }, (_, hour) => {
    const at = monday + hour * hourMs;
    return { at, value: valueAt(at, hour) };
  }).filter((one): one is HourValue => one.value !== null);
}

test("medians, spreads and quantiles are those computed by hand", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
  // Distances from 2: 1, 1, 0, 0, 2, 4, 7; their median is 1.
  expect(spreadAround([1, 1, 2, 2, 4, 6, 9], 2)).toBeCloseTo(1.4826, 10);
  expect(quantile([10, 20, 30, 40], 0.5)).toBe(25);
  expect(quantile([10, 20, 30, 40], 0.1)).toBeCloseTo(13, 10);
});

test("a week begins on Monday at midnight, UTC, also before 1970", () => {
  expect(hourOfWeek(monday)).toBe(0);
  expect(hourOfWeek(monday - 1)).toBe(167);
  expect(hourOfWeek(monday + 49 * hourMs + 1)).toBe(49);
  fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e13 }), (at) => hourOfWeek(at) === hourOfWeek(at + 7 * dayMs)));
});

test("nothing is usual before 14 days are known, nor where half of the hours are missing", () => {
  const until = monday + 13 * dayMs;
  expect(
    usualOf(
      hours(13, () => 5),
      until,
    ).median,
  ).toEqual([]);
  expect(
    usualOf(
      hours(14, () => 5),
      monday + 14 * dayMs,
    ).median,
  ).toHaveLength(168);
  const rare = hours(28, (_, hour) => (hour % 8 === 0 ? 5 : null));
  expect(usualOf(rare, monday + 28 * dayMs).median).toEqual([]);
});

test("an hour of the week has the median of its own values, else of its hour of the day, else nothing", () => {
  const value = (at: number) => {
    const hour = hourOfWeek(at);
    if (hour % 24 === 3) return null;
    // Tuesday at noon is known only twice.
    if (hour === 36 && at < monday + 14 * dayMs) return null;
    return hour >= 120 ? 1 : 10;
  };
  const { median: centre, spread } = usualOf(hours(28, value), monday + 28 * dayMs);
  expect(centre[12]).toBe(10);
  expect(centre[132]).toBe(1);
  expect(centre[36]).toBe(10);
  expect([centre[3], spread[3]]).toEqual([null, null]);
});

test("one wild value moves neither median nor spread by much", () => {
  const noise = normalNoise(7);
  const calm = hours(28, () => 100 + noise());
  const wild = calm.map((one, index) => (index === 400 ? { ...one, value: 1e6 } : one));
  const [before, after] = [usualOf(calm, monday + 28 * dayMs), usualOf(wild, monday + 28 * dayMs)];
  const hour = hourOfWeek(calm[400]?.at ?? 0);
  expect(Math.abs((after.median[hour] ?? 0) - 100)).toBeLessThan(3);
  expect(after.spread[hour]).toBeLessThan(3 * (before.spread[hour] ?? 0) + 1);
});

test("a stretch opens far away, goes on nearer by, and ends when it turns or nothing is known", () => {
  const hour = (value: number) => ({ value, centre: 10, spread: 1 });
  const opened = judge("cpu", null, hour(17)).open as Stretch;
  expect(opened).toEqual({ direction: "high", peak: 17, expected: 10, score: 7 });
  expect(judge("cpu", null, hour(16.9))).toEqual({ open: null, begins: false });
  expect(judge("cpu", opened, hour(13))).toEqual({ open: opened, begins: false });
  expect(judge("cpu", opened, hour(20)).open).toMatchObject({ peak: 20, score: 10 });
  expect(judge("cpu", opened, hour(12.9)).open).toBeNull();
  expect(judge("cpu", opened, hour(0))).toMatchObject({ begins: true, open: { direction: "low" } });
  expect(judge("cpu", opened, null)).toEqual({ open: null, begins: false });
  expect(judge("errors", null, { value: 0, centre: 50, spread: 0 })).toEqual({ open: null, begins: false });
});

/** How many of the last week's hours are called unusual, by what the four weeks before were. */
function alarms(metric: Watched, values: HourValue[]): number {
  const until = (values.at(-1)?.at ?? 0) + hourMs - 7 * dayMs;
  const usual = usualOf(
    values.filter(({ at }) => at < until && at >= until - 28 * dayMs),
    until,
  );
  return values.filter(({ at, value }) => {
    const [centre, spread] = [usual.median[hourOfWeek(at)], usual.spread[hourOfWeek(at)]];
    if (at < until || centre == null || spread == null) return false;
    return judge(metric, null, { value, centre, spread }).begins;
  }).length;
}

test("a weekly pattern, slow growth and an idle tenant are quiet", () => {
  const noise = normalNoise(1);
  const shape = (at: number) => (hourOfWeek(at) < 120 ? 20 + 60 * Math.sin((Math.PI * (hourOfWeek(at) % 24)) / 24) : 5);
  expect(
    alarms(
      "requests",
      hours(35, (at) => shape(at) * (1 + 0.1 * noise())),
    ),
  ).toBe(0);
  expect(
    alarms(
      "requests",
      hours(35, (_, hour) => 50 * 1.01 ** (hour / 24) * (1 + 0.05 * noise())),
    ),
  ).toBe(0);
  expect(
    alarms(
      "cpu",
      hours(35, (_, hour) => (hour % 97 === 0 ? 1.5 : 0)),
    ),
  ).toBe(0);
});

test("in 250 weeks of noise hardly an hour is called unusual", () => {
  let found = 0;
  const noise = normalNoise(5);
  for (let tenant = 0; tenant < 250; tenant++) {
    found += alarms(
      "cpu",
      hours(35, (at) => 40 * Math.exp(0.3 * noise()) * (hourOfWeek(at) % 24 > 8 ? 1 : 0.3)),
    );
  }
  expect(found / (250 * 168)).toBeLessThan(0.001);
});

test("the spread that counts is never below the floors", () => {
  expect(spreadThatCounts("cpu", 0, 0)).toBe(1);
  expect(spreadThatCounts("cpu", 200, 3)).toBe(20);
  expect(spreadThatCounts("cpu", 20, 9)).toBe(9);
});
