import { type Outcome, outcomes, widening, z80 } from "./backtest";
import { deviation, expected, fitModel, type Model } from "./holt";
import { withoutSpikes } from "./spikes";

/** Days that have to be known before anything is foretold, and the part of them that may be missing between. */
const leastKnown = 14;
const mostMissing = 0.4;
const oldestDays = 3;

/** Growth within a month, as part of what is there, below which a series counts as flat. */
const leastGrowth = 0.005;

/** One value a day, oldest first; null where nothing is known. Begins and ends with a known day. */
export type Daily = { values: (number | null)[]; daysOld: number };

export type Refusal = { code: "short" | "gaps" | "flat" | "no_limit"; words: string };

/** A fitted series, with how much wider than the formula's its band has to be, and how forecasts of its past went. */
export type Fitted = { model: Model; widening: number; tried: Outcome[] };

/** A day's value, and between what it lies with 80 %. Nothing that is foretold can be below 0. */
export function foretold(
  { model, widening: wider }: Pick<Fitted, "model" | "widening">,
  days: number,
): { value: number; low: number; high: number } {
  const value = expected(model, days);
  const half = z80 * wider * deviation(model, days);
  return { value: Math.max(0, value), low: Math.max(0, value - half), high: Math.max(0, value + half) };
}

export function known({ values }: Daily): number {
  return values.filter((value) => value !== null).length;
}

/** Why a series can't be forecast at all; null when it can. */
export function unfit(daily: Daily): Refusal | null {
  const days = known(daily);
  if (days < leastKnown) {
    const words = `Only ${days} ${days === 1 ? "day is" : "days are"} known; ${leastKnown} are needed. There will be a forecast in ${leastKnown - days} ${leastKnown - days === 1 ? "day" : "days"}.`;
    return { code: "short", words };
  }
  if (daily.daysOld > oldestDays)
    return {
      code: "gaps",
      words: `Nothing was measured for ${daily.daysOld} days, so there is nothing to go on from.`,
    };
  const missing = daily.values.length - days;
  if (missing / daily.values.length > mostMissing)
    return {
      code: "gaps",
      words: `${missing} of the last ${daily.values.length} days are missing: too many to see a trend.`,
    };
  return null;
}

/** The model of a series, in which spikes count as unknown. */
export function modelOf({ values }: Daily): Model {
  return fitModel(withoutSpikes(values));
}

/** The model with its band, which takes ten fits more. */
export function fitted(daily: Daily, model = modelOf(daily)): Fitted {
  const tried = outcomes(daily.values);
  return { model, widening: widening(tried, model), tried };
}

/** How fast it is expected to grow over the next 30 days, a day. */
export function growth(model: Model): number {
  return (expected(model, 30) - expected(model, 0)) / 30;
}

/** Why no day is named although the series could be forecast; null when one is. */
export function noDay(now: number, perDay: number, limit: number | null): Refusal | null {
  if (limit === null) return { code: "no_limit", words: "No limit is known that it could reach." };
  if (now >= limit) return null;
  if (perDay * 30 > leastGrowth * now) return null;
  const words = perDay < 0 ? "It is shrinking: no limit comes nearer." : "It hardly grows: no limit comes nearer.";
  return { code: "flat", words };
}

/** Days from the newest value to a limit. */
export type Reaching = { days: number | null; soonest: number | null; latest: number | null };

/** When a limit that is not reached yet is, within the horizon: as expected, and at either edge of the band. */
export function reaching(series: Fitted, now: number, limit: number, horizon: number): Reaching {
  const first = (edge: "value" | "low" | "high") => crossing((day) => foretold(series, day)[edge], now, limit, horizon);
  return { days: first("value"), soonest: first("high"), latest: first("low") };
}

/** The first time at which a curve reaches the limit, between two days by a straight line. */
function crossing(at: (day: number) => number, now: number, limit: number, horizon: number): number | null {
  let before = Math.min(now, limit);
  for (let day = 1; day <= horizon; day++) {
    const value = at(day);
    if (value >= limit) return Math.round((day - 1 + (limit - before) / (value - before || 1)) * 10) / 10;
    before = Math.min(value, limit);
  }
  return null;
}
