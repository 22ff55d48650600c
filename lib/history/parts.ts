import { Prisma } from "@/lib/platform/prisma";
import { usageTable } from "./columns";
import type { Frame } from "./span";
import { bucketMs, type Rolled } from "./steps";

/** A stretch of time that one level answers. */
export type Part = { level: Rolled; from: number; to: number };

/**
 * Which level answers which stretch of a frame, the coarsest first, and since when there is only what was measured.
 * A level is used up to where it is closed, so nothing is counted twice.
 */
export function partsOf({ level, from, to, state }: Frame): { parts: Part[]; rawFrom: number } {
  const parts: Part[] = [];
  let rawFrom = from;
  for (const one of ["day", "hour", "minute"] as const) {
    if (level === "raw" || bucketMs[one] > bucketMs[level]) continue;
    const until = Math.min(to, state.until[one] ?? 0);
    if (until <= rawFrom) continue;
    parts.push({ level: one, from: rawFrom, to: until });
    rawFrom = until;
  }
  return { parts, rawFrom };
}

/** The frame's own level throughout, with its open bucket as far as that is filled. */
export function wholePart({ level, from, to }: Frame): Part[] {
  return level === "raw" ? [] : [{ level, from, to }];
}

/**
 * Stretches that together are a whole time: coarse buckets where they lie within it and are closed, and at its edges those
 * of finer levels down to the frame's own. Sums, extremes and known times over them are those over the frame's own level.
 */
export function coveringParts({ level, state }: Frame, from: number, to: number): Part[] {
  if (level === "raw") return [];
  const cover = (levels: readonly Rolled[], begin: number, end: number): Part[] => {
    const [one, ...finer] = levels;
    if (!one || begin >= end) return [];
    if (one === level) return [{ level: one, from: begin, to: end }];
    const ms = bucketMs[one];
    const first = Math.ceil(Math.max(begin, state.since[one]) / ms) * ms;
    const last = Math.floor(Math.min(end, state.until[one] ?? 0) / ms) * ms;
    if (last <= first) return cover(finer, begin, end);
    return [...cover(finer, begin, first), { level: one, from: first, to: last }, ...cover(finer, last, end)];
  };
  return cover(["day", "hour", "minute"], from, to);
}

/** The rows of parts, as the SQL of a table; `which` narrows them. */
export function rowsOfParts(parts: readonly Part[], columns: Prisma.Sql, which: Prisma.Sql): Prisma.Sql {
  const stretches = parts.map(
    ({ level, from, to }) => Prisma.sql`SELECT ${columns} FROM ${usageTable("tenant", level)}
      WHERE at >= ${new Date(from)} AND at < ${new Date(to)} AND ${which}`,
  );
  return Prisma.sql`(${Prisma.join(stretches, " UNION ALL ")})`;
}

/** The begin of the step that holds `at`, as SQL. */
export function stepSql({ step, begins, level }: Frame): Prisma.Sql {
  if (!step.unit) {
    if (level !== "raw" && bucketMs[level] === step.ms) return Prisma.sql`at`;
    return Prisma.sql`date_bin(make_interval(secs => ${step.ms / 1000}::float8), at, 'epoch'::timestamptz)`;
  }
  const times = Prisma.sql`${begins.map((begin) => new Date(begin))}::timestamptz[]`;
  return Prisma.sql`(${times})[width_bucket(at, ${times})]`;
}

/** The index of the step that holds a time. */
export function stepAt({ step, begins, from }: Frame, at: number): number {
  if (!step.unit) return Math.floor((at - from) / step.ms);
  let [low, high] = [0, begins.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((begins[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}
