/** A rise that lasts: since when (Unix milliseconds), the newest value, and what was usual before. */
export type Rise = { since: number; now: number; before: number };

type Points = readonly (readonly [time: number, value: number | null])[];

const fewest = 8;
/** As many values in a row below the limit end a rise: one that was read between two statements does not. */
const dips = 3;

/**
 * Since when a metric lies well above what it was before, by points of one period, oldest first. Null where it does not, where
 * it is under `least`, or where the period is too short to hold its beginning.
 */
export function risenSince(points: Points, least: number): Rise | null {
  const known = points.flatMap(([time, value]) => (value === null ? [] : [{ time, value }]));
  const now = middle(known.slice(-3).map(({ value }) => value));
  const low = part(
    known.map(({ value }) => value),
    0.25,
  );
  if (known.length < fewest || now < least || now < 2 * low + least / 5) return null;
  const limit = low + (now - low) * 0.4;
  let [since, below, index] = [0, 0, known.length - 1];
  for (; index >= 0 && below < dips; index--) {
    const { time, value } = known[index] ?? { time: 0, value: 0 };
    if (value < limit) below++;
    else [since, below] = [time, 0];
  }
  if (below < dips) return null;
  return { since, now, before: middle(known.filter(({ time }) => time < since).map(({ value }) => value)) };
}

function middle(values: readonly number[]): number {
  return part(values, 0.5);
}

function part(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
