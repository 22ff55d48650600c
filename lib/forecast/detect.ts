import { meanOf } from "@/lib/history/columns";
import { controlDb, type Db, Prisma } from "@/lib/platform/prisma";

import { type Direction, judge } from "./detect-rules";
import { dayMs, goesOn, hourMs, hourOfWeek, type Watched, watched, watchedNames } from "./usual";

/** The row of `usage_rollups` that says up to which hour was looked. */
export const anomalyCursor = "anomalies";

/** How far back it looks at most: when it begins, and after a long standstill. */
const lookBackMs = 7 * dayMs;

const roundMs = 20_000;

/**
 * Looks at each closed hour once, oldest first, and keeps what was unusual in it. Where it stands and what it found move
 * in one transaction, so a worker that dies repeats nothing. Returns how many hours it looked at.
 */
export async function detectAnomalies(signal: AbortSignal): Promise<number> {
  const started = performance.now();
  let hours = 0;
  while (!signal.aborted && performance.now() - started < roundMs) {
    if (!(await controlDb().$transaction((db) => detectNext(db), { timeout: 120_000 }))) break;
    hours++;
  }
  return hours;
}

/** Looks at the next hour; false when none is closed, another worker is at it, or nothing is known to be usual yet. */
async function detectNext(db: Db): Promise<boolean> {
  const [state] = await db.$queryRaw<{ mine: boolean; closed: Date | null; looked: Date | null; usual: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('tenantry anomalies', 0)) AS mine,
           (SELECT until FROM usage_rollups WHERE level = 'hour') AS closed,
           (SELECT until FROM usage_rollups WHERE level = ${anomalyCursor}) AS looked,
           EXISTS (SELECT FROM usage_baselines WHERE cardinality(median) > 0) AS usual`;
  if (!state?.mine || !state.closed || !state.usual) return false;
  const closed = Math.floor(state.closed.getTime() / hourMs) * hourMs;
  const at = Math.max(state.looked?.getTime() ?? 0, closed - lookBackMs);
  if (at >= closed) return false;
  for (const metric of watchedNames) await detectHour(db, metric, at);
  await db.$executeRaw`
    INSERT INTO usage_rollups (level, until) VALUES (${anomalyCursor}, ${new Date(at + hourMs)})
    ON CONFLICT (level) DO UPDATE SET until = EXCLUDED.until`;
  return true;
}

type Row = {
  tenantId: string;
  value: number | null;
  centre: number | null;
  spread: number | null;
  openId: bigint | null;
  direction: Direction | null;
  peak: number | null;
  expected: number | null;
  score: number | null;
};

async function detectHour(db: Db, metric: Watched, at: number): Promise<void> {
  for (const row of await unusual(db, metric, at)) {
    const { value, centre, spread, openId, direction, peak, expected, score } = row;
    const open =
      direction !== null && peak !== null && expected !== null && score !== null
        ? { direction, peak, expected, score }
        : null;
    const hour = value !== null && centre !== null && spread !== null ? { value, centre, spread } : null;
    const after = judge(metric, open, hour);
    if (openId !== null && (after.begins || !after.open)) await end(db, openId, at);
    else if (openId !== null && after.open && after.open !== open) await rise(db, openId, after.open);
    if (after.begins && after.open) await begin(db, row.tenantId, metric, at, after.open);
  }
}

/** The tenants that need a look for an hour: those far from what is usual, and those of which something is open then. */
async function unusual(db: Db, metric: Watched, at: number): Promise<Row[]> {
  // Arrays of PostgreSQL begin at 1.
  const index = hourOfWeek(at) + 1;
  const { floor, share } = watched[metric];
  return await db.$queryRaw<Row[]>`
    WITH known AS (
      SELECT h.tenant_id, ${Prisma.raw(meanOf(metric))} AS value, b.median[${index}::int] AS centre, b.spread[${index}::int] AS spread
        FROM tenant_usage_hours h JOIN usage_baselines b ON b.tenant_id = h.tenant_id AND b.metric = ${metric}
       WHERE h.at = ${new Date(at)}
    ), open AS (
      SELECT * FROM usage_anomalies
       WHERE metric = ${metric} AND started_at <= ${new Date(at)} AND (ended_at IS NULL OR ended_at > ${new Date(at)})
    )
    SELECT coalesce(known.tenant_id, open.tenant_id) AS "tenantId", known.value, known.centre, known.spread,
           open.id AS "openId", open.direction, open.peak, open.expected, open.score
      FROM known FULL JOIN open ON open.tenant_id = known.tenant_id
     WHERE open.id IS NOT NULL OR abs(known.value - known.centre)
             >= ${goesOn} * greatest(known.spread, ${floor}::float8, ${share}::float8 * abs(known.centre))`;
}

type Found = { direction: Direction; peak: number; expected: number; score: number };

async function begin(db: Db, tenantId: string, metric: Watched, at: number, found: Found): Promise<void> {
  const data = { tenantId, metric, startedAt: new Date(at), ...found };
  await db.usageAnomaly.createMany({ data: [data], skipDuplicates: true });
}

async function rise(db: Db, id: bigint, { peak, expected, score }: Found): Promise<void> {
  await db.usageAnomaly.update({ where: { id }, data: { peak, expected, score } });
}

/** What does not go on in the hour that begins at `at` ended with the hour before. */
async function end(db: Db, id: bigint, at: number): Promise<void> {
  await db.$executeRaw`UPDATE usage_anomalies SET ended_at = ${new Date(at)} WHERE id = ${id}`;
}
