import { expect, test } from "vitest";
import { outcomes } from "./backtest";
import { detailOf, outlookOf } from "./outlook";
import { withoutSpikes } from "./spikes";
import { normalNoise } from "./testing-series";

const days = (count: number, valueAt: (day: number) => number) =>
  Array.from({ length: count }, (_, day) => valueAt(day));
const grown = (spikes: Record<number, number>, count = 60) => days(count, (day) => spikes[day] ?? 100 + day);
const leftOut = (values: number[]) => withoutSpikes(values).flatMap((value, day) => (value === null ? [day] : []));

function outlook(values: number[], limit: number, daysOld = 0) {
  const subject = { kind: "server" as const, server: { id: "00000000-0000-4000-8000-000000000001", name: "one" } };
  const question = { subject, metric: "storage" as const, limit: { limit, source: "" } };
  return outlookOf(question, { values, daysOld, first: 0 }, 180);
}

test("one or two days that come back are spikes, wherever they lie; also downward, and over unknown days", () => {
  for (const at of [0, 1, 3, 30, 57, 58]) expect(leftOut(grown({ [at]: 1e6 }))).toEqual([at]);
  for (const at of [1, 30, 57]) expect(leftOut(grown({ [at]: 1e6, [at + 1]: 2e6 }))).toEqual([at, at + 1]);
  expect(leftOut(grown({ 20: 0, 40: 1e5 }))).toEqual([20, 40]);
  expect(leftOut(grown({ 9: 1e6 }, 14))).toEqual([9]);
  const holes = grown({ 30: 1e6 }).map((value, day) => (day === 29 || day === 32 ? null : value));
  expect(withoutSpikes(holes)[30]).toBeNull();
  expect(leftOut(days(60, (day) => (day === 20 ? 1 : 0)))).toEqual([20]);
});

test("a level that stays is none, nor is the newest day, what comes each week, nor noise", () => {
  for (const at of [3, 30, 57, 58, 59]) expect(leftOut(days(60, (day) => (day < at ? 100 : 500) + day))).toEqual([]);
  for (const at of [30, 57, 58, 59]) expect(leftOut(days(60, (day) => (day < at ? 500 : 100)))).toEqual([]);
  expect(leftOut(grown({ 59: 1e6 }))).toEqual([]);
  expect(leftOut(grown({ 30: 1e6, 31: 1e6, 32: 1e6 }))).toEqual([]);
  const noise = normalNoise(3);
  expect(leftOut(days(90, (day) => (day % 7 < 5 ? 50 : 5) + noise()))).toEqual([]);
  expect(leftOut(days(90, (day) => 100 + 50 * (day % 7)))).toEqual([]);
  expect(leftOut(days(180, () => 100 + 20 * noise()))).toEqual([]);
});

test("a day of a spike changes neither growth nor the day that is foretold, nor forecasts of the past", () => {
  const plain = outlook(grown({}), 250);
  expect(plain.reaching?.days).toBeCloseTo(91, 0);
  for (const at of [3, 5, 30, 57, 58]) {
    const told = outlook(grown({ [at]: at === 3 ? 1030 : 1e6 }), 250);
    expect(told.refused).toBeNull();
    expect(told.perDay).toBeCloseTo(1, 1);
    expect(told.reaching?.days).toBeCloseTo(91, -1);
  }
  const tried = (values: number[]) => outcomes(values).filter(({ fold, steps }) => fold > 4 && steps === 1);
  for (const { error } of tried(grown({ 5: 1e6 }))) expect(error).toBeLessThan(1);
  const detail = detailOf({ values: grown({ 30: 1e6 }), daysOld: 0, first: 0 }, 30);
  expect(detail?.history[30]).toEqual([30 * 86_400_000, 1e6]);
});

test("a limit is reached only where the newest value is at it, however old that is", () => {
  const near = outlook(grown({}), 161, 3);
  expect(near).toMatchObject({ now: 159, daysOld: 3, reaching: { reached: false, days: 0 } });
  expect(outlook(grown({}), 159.0001).reaching).toMatchObject({ reached: false, days: 0 });
  expect(outlook(grown({}), 159).reaching).toEqual({ reached: true, days: 0, soonest: 0, latest: 0 });
});
