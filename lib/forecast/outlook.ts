import type { Points } from "@/lib/history/shapes";
import { backtest } from "./backtest";
import type { Forecast, Outlook } from "./contract";
import { type Dated, historyDays } from "./daily-series";
import type { Limit } from "./limits";
import {
  type Fitted,
  fitted,
  foretold,
  growth,
  known,
  modelOf,
  noDay,
  type Reaching,
  reaching,
  unfit,
} from "./outlook-rules";
import { dayMs } from "./usual";

/** What an outlook is asked about. */
export type Question = { subject: Outlook["subject"]; metric: Outlook["metric"]; limit: Limit | null };

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** The outlook of one series; `undefined` where nothing at all is known of it. */
export function outlookOf({ subject, metric, limit }: Question, series: Dated | undefined, horizon: number): Outlook {
  const daily = series ?? { values: [], daysOld: 0, first: 0 };
  const now = daily.values.at(-1) ?? null;
  const base = {
    ...{ subject, metric, now, limit: limit?.limit ?? null, limitSource: limit?.source ?? null },
    historyDays: known(daily),
    daysOld: daily.daysOld,
  };
  const refused = unfit(daily);
  if (refused || now === null) return { ...base, perDay: null, reaching: null, refused };
  const model = modelOf(daily);
  const perDay = rounded(growth(model));
  const no = noDay(now, perDay, base.limit);
  if (no || base.limit === null) return { ...base, perDay, reaching: null, refused: no };
  if (now >= base.limit)
    return { ...base, perDay, reaching: { reached: true, days: 0, soonest: 0, latest: 0 }, refused: null };
  const found = reaching(fitted(daily, model), now, base.limit, horizon + daily.daysOld);
  return { ...base, perDay, reaching: { reached: false, ...fromToday(found, daily.daysOld) }, refused: null };
}

/** Days count from now, also where the newest known day is a day or two old; what is expected by now is 0 days away. */
function fromToday({ days, soonest, latest }: Reaching, daysOld: number): Reaching {
  const shifted = (found: number | null) => (found === null ? null : Math.max(0, rounded(found - daysOld)));
  return { days: shifted(days), soonest: shifted(soonest), latest: shifted(latest) };
}

/** The history of one series, what is expected of it with its band, and how forecasting went on it before. */
export function detailOf(series: Dated | undefined, horizon: number): Forecast["detail"] {
  if (!series) return { history: [], expected: [], low: [], high: [], backtest: null };
  const history: Points = series.values.map((value, day) => [series.first + day * dayMs, value]);
  if (unfit(series)) return { history, expected: [], low: [], high: [], backtest: null };
  const own = fitted(series);
  const tried = backtest(own.tried, own.model);
  return { history, ...ahead(own, history.at(-1)?.[0] ?? 0, horizon + series.daysOld), backtest: tried };
}

function ahead(series: Fitted, last: number, days: number): { expected: Points; low: Points; high: Points } {
  const each = Array.from({ length: days }, (_, day) => ({
    at: last + (day + 1) * dayMs,
    ...foretold(series, day + 1),
  }));
  return {
    expected: each.map(({ at, value }) => [at, rounded(value)]),
    low: each.map(({ at, low }) => [at, rounded(low)]),
    high: each.map(({ at, high }) => [at, rounded(high)]),
  };
}

/** The method in words. */
export const method = `Holt's linear trend with damping, fitted to the values of each day of the last ${historyDays} days by the least squared one-step errors; spikes of a day or two (by a Hampel filter) are left out; the band holds 80 % by the model's formula, widened where forecasts of the past show that it was too narrow.`;

/** The soonest day first; then what could be forecast but reaches nothing; then what could not. */
export function bySoonest(a: Outlook, b: Outlook): number {
  const rank = ({ reaching: reached, refused, perDay }: Outlook) => {
    if (reached) return [0, reached.days ?? 1e6, reached.soonest ?? 1e6];
    return refused?.code === "no_limit" ? [1, -(perDay ?? 0), 0] : [2, 0, 0];
  };
  const [first, second] = [rank(a), rank(b)];
  const at = first.findIndex((value, index) => value !== second[index]);
  return at < 0 ? 0 : (first[at] ?? 0) - (second[at] ?? 0);
}
