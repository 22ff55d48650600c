import { median, quantile, spreadAround } from "./statistics";

/** Days that a spike may last at most; what lasts longer is a new level. */
const longest = 2;
/** Known days to either side that a day is held against; where one side has fewer, the other gives more. */
const neighbours = 3;
/** Robust spreads that a day has to be away from its neighbours: Hampel's usual three. */
const far = 3;
/** The part of a series' days that are taken for ordinary: what comes each week, such as weekends, is no spike. */
const ordinary = 0.9;

/**
 * The series with spikes made unknown, by a Hampel filter: one or two days in a row that lie further from the median of
 * their neighbours than three of these' spreads, and than three times as far as nine in ten days of the series do, where
 * the days before and after are not. A level that stays is left alone, and so is the end of the series: it may be a new level.
 */
export function withoutSpikes(values: readonly (number | null)[]): (number | null)[] {
  const known = values.flatMap((value, day) => (value === null ? [] : [{ day, value }]));
  const series = known.map(({ value }) => value);
  const distances = series.map((value, at) => Math.abs(value - median(around(series, at, 1))));
  // Whichever days are looked at, the ordinary distance of all others is at least this: most need no second look.
  const least = quantile([...distances].sort((a, b) => a - b).slice(0, -longest), ordinary);
  const cleaned = [...values];
  let at = 0;
  while (at < series.length) {
    const length = (distances[at] ?? 0) > least ? spikeAt({ series, distances, least }, at) : 0;
    for (const { day } of known.slice(at, at + length)) cleaned[day] = null;
    at += Math.max(1, length);
  }
  return cleaned;
}

/** Known values, how far each lies from the median of its neighbours, and how far ordinary ones do at least. */
type Days = { series: readonly number[]; distances: readonly number[]; least: number };

/** How many days the spike that begins here lasts; 0 where none does. */
function spikeAt({ series, distances, least }: Days, at: number): number {
  for (let length = 1; length <= longest; length++) {
    const back = series[at + length];
    const near = around(series, at, length);
    if (back === undefined || near.length < 2 * neighbours) return 0;
    const centre = median(near);
    const beside = [series[at - 1] ?? back, back];
    const away = series.slice(at, at + length).map((value) => value - centre);
    const isBeyond = (limit: number) => away.every((by) => Math.abs(by) > limit && by > 0 === (away[0] ?? 0) > 0);
    const local = far * Math.max(least, spreadAround(near, centre));
    if (!isBeyond(local)) continue;
    const others = distances.filter((_, one) => one < at || one >= at + length);
    const limit = Math.max(local, far * quantile(others, ordinary));
    if (isBeyond(limit) && beside.every((value) => Math.abs(value - centre) <= limit)) return length;
  }
  return 0;
}

/** The values next to a stretch, without it. */
function around(series: readonly number[], at: number, length: number): number[] {
  const after = series.length - at - length;
  const before = Math.min(at, Math.max(neighbours, 2 * neighbours - after));
  const end = at + length;
  return series.slice(at - before, at).concat(series.slice(end, end + 2 * neighbours - before));
}
