/** A raw sample; `value` null: a tick that did not know it. `id`: the order in which they were written. */
export type Raw = { id: number; subject: string; metric: string; at: number; value: number | null; source: string };

export type Figures = { sum: number; ms: number; min: number; max: number; last: number; sources: string };

/**
 * What buckets of `step` milliseconds must hold, worked out from raw samples millisecond by value and in no other way
 * than docs/history.md says; keyed by "subject metric bucket".
 */
export function recompute(rows: Raw[], step: number, hold: number): Map<string, Figures> {
  const series = new Map<string, Raw[]>();
  for (const row of rows) {
    const name = `${row.subject} ${row.metric}`;
    series.set(name, [...(series.get(name) ?? []), row]);
  }
  const buckets = new Map<string, Figures>();
  for (const [name, all] of series) {
    for (const { from, to, value, source } of stretches(all, hold)) {
      for (let bucket = Math.floor(from / step) * step; bucket < to; bucket += step) {
        const ms = Math.min(to, bucket + step) - Math.max(from, bucket);
        const key = `${name} ${bucket}`;
        buckets.set(key, added(buckets.get(key), value, ms, source));
      }
    }
  }
  return buckets;
}

type Stretch = { from: number; to: number; value: number; source: string };

function stretches(rows: Raw[], hold: number): Stretch[] {
  const newest = new Map<number, Raw>();
  for (const row of [...rows].sort((a, b) => a.id - b.id)) newest.set(row.at, row);
  const line = [...newest.values()].sort((a, b) => a.at - b.at);
  return line.flatMap(({ at, value, source }, index) => {
    const to = Math.min(at + hold, line[index + 1]?.at ?? Infinity);
    return value === null ? [] : [{ from: at, to, value: Math.abs(value) < 1e-30 ? 0 : value, source }];
  });
}

function added(before: Figures | undefined, value: number, ms: number, source: string): Figures {
  const single = Math.fround(value);
  if (!before) return { sum: value * ms, ms, min: single, max: single, last: single, sources: source };
  return {
    sum: before.sum + value * ms,
    ms: before.ms + ms,
    min: Math.min(before.min, single),
    max: Math.max(before.max, single),
    last: single,
    sources: [...new Set([...before.sources.split("+"), ...source.split("+")])].sort().filter(Boolean).join("+"),
  };
}
