import { granularities, type Period, periodNames } from "@/lib/history/shapes";
import { periodWords, refusedDates, zoneOf } from "./search-period";

/** A part of the address as it stands there; null where it is not there. */
type Read = (name: "range" | "from" | "to" | "tz" | "granularity") => string | null;

/** What is shown in place of what can't be read. */
type Instead = { begins: Period; zone: string };

/** What of the period in the address could not be read, and what is shown instead; a sentence each. */
export function unreadPeriod(read: Read, { begins, zone }: Instead, now = Date.now()): string[] {
  const [range, from, to, tz, granularity] = [read("range"), read("from"), read("to"), read("tz"), read("granularity")];
  const known = periodNames.find((name) => name === range);
  const usual = periodWords({ range: known ?? begins, from: null, to: null }).now.replace(/^in /, "");
  const dates = refusedDates({ from, to }, now);
  return [
    ...(dates === null ? [] : [`The dates in the address can't be shown: ${dates}. Shown instead: ${usual}.`]),
    ...(range === null || known || (from !== null && dates === null)
      ? []
      : [`${quoted(range)} in the address is no period. Shown instead: ${usual}.`]),
    ...(tz === null || zoneOf({ tz }, "") === tz
      ? []
      : [`${quoted(tz)} in the address is no time zone. Times are shown in ${zone}.`]),
    ...(granularity === null || granularities.some((name) => name === granularity)
      ? []
      : [`${quoted(granularity)} in the address is no length of a step. Steps are as fits.`]),
  ];
}

function quoted(text: string): string {
  return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}
