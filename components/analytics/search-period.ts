import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { granularities, type Period, periodNames } from "@/lib/history/shapes";

/** The period as it stands in the address; without `tz` it is shown in the browser's zone. */
export const searchPeriod = {
  range: parseAsStringLiteral(periodNames).withDefault("24h"),
  from: parseAsString,
  to: parseAsString,
  tz: parseAsString,
  granularity: parseAsStringLiteral(granularities).withDefault("auto"),
};

/** The same for pages that begin with another range, such as growth. */
export const searchPeriodFrom = (range: Period) => ({
  ...searchPeriod,
  range: parseAsStringLiteral(periodNames).withDefault(range),
});

export type PeriodSearch = inferParserType<typeof searchPeriod>;

/** The period as an operation's input; what a person may have typed into the address is put within bounds. */
export function periodInput(view: PeriodSearch, zone: string) {
  const { range, granularity } = view;
  const own = ownPeriod(view);
  return { range, granularity, tz: zoneOf(view, zone), ...own };
}

/** The longest period that is answered: five years. */
const longest = 5 * 365 * 86_400_000;

/** From and to of a period of one's own; nothing where the address has none that can be. */
export function ownPeriod(view: Dates, now = Date.now()): { from?: string; to?: string } {
  const [begin, end] = [timeOf(view.from), timeOf(view.to)];
  if (begin === null || refusedDates(view, now) !== null) return {};
  return { from: new Date(begin).toISOString(), ...(end !== null && { to: new Date(end).toISOString() }) };
}

type Dates = Pick<PeriodSearch, "from" | "to">;

/** Why the dates in the address can't be shown, in words; null where they can, or where there are none. */
export function refusedDates({ from, to }: Dates, now = Date.now()): string | null {
  const [begin, end] = [timeOf(from), timeOf(to)];
  for (const [text, time] of [
    [from, begin],
    [to, end],
  ] as const) {
    if (text !== null && time === null) return `“${text.slice(0, 40)}” is no date`;
  }
  if (begin === null) return end === null ? null : "there is an end, but no begin";
  if (begin >= now) return "the begin lies in the future";
  if (end !== null && begin >= end) return "the end is not later than the begin";
  return Math.min(end ?? now, now) - begin > longest ? "they are more than five years" : null;
}

/** The zone in which times are shown: the one in the address where there is such a zone, else the browser's. */
export function zoneOf({ tz }: Pick<PeriodSearch, "tz">, browser: string): string {
  if (tz === null || tz.length > 60) return browser;
  try {
    new Intl.DateTimeFormat("en", { timeZone: tz });
    return tz;
  } catch {
    return browser;
  }
}

/** The period in words, such as "the day before" is compared with. */
export function periodWords(view: Pick<PeriodSearch, "range" | "from" | "to">): { now: string; before: string } {
  if (ownPeriod(view).from !== undefined) return { now: "in this period", before: "the period before, as long" };
  return spans[view.range];
}

const spans: Record<Period, { now: string; before: string }> = {
  "1h": { now: "in the last hour", before: "the hour before" },
  "6h": { now: "in the last 6 hours", before: "the 6 hours before" },
  "24h": { now: "in the last 24 hours", before: "the day before" },
  "7d": { now: "in the last 7 days", before: "the week before" },
  "30d": { now: "in the last 30 days", before: "the 30 days before" },
  "90d": { now: "in the last 90 days", before: "the 90 days before" },
  "1y": { now: "in the last year", before: "the year before" },
};

function timeOf(text: string | null): number | null {
  const time = text === null || text.length > 40 ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
