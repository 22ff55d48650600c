import { meanOf } from "@/lib/history/columns";
import type { Clock } from "@/lib/kernel/clock";
import { controlDb, type Db, Prisma } from "@/lib/platform/prisma";

import {
  baselineDays,
  dayMs,
  type HourValue,
  hourMs,
  leastDays,
  leastHours,
  type Usual,
  usualOf,
  type Watched,
  watchedNames,
} from "./usual";

/** Tenants whose baselines are made in one transaction. */
const batch = 40;

/** How long one round may take before it lets others go on. */
const roundMs = 20_000;

/**
 * Makes what is usual anew for every tenant whose baselines are a day old, in batches. While too little is known of a
 * tenant, it is done each hour, and at once when enough history is there that was not before (a past that was taken in).
 * Of several workers one does it. Returns whether all are current.
 */
export async function makeBaselines(clock: Clock, signal: AbortSignal): Promise<boolean> {
  const started = performance.now();
  for (;;) {
    const left = await controlDb().$transaction((db) => makeBatch(db, clock()), { timeout: 60_000 });
    if (left === "none") return true;
    if (left === "others" || signal.aborted || performance.now() - started > roundMs) return false;
  }
}

/** One batch; "none" when no tenant is due, "others" when another worker is at it. */
async function makeBatch(db: Db, now: Date): Promise<"more" | "none" | "others"> {
  const [lock] = await db.$queryRaw<{ mine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('tenantry baselines', 0)) AS mine`;
  if (!lock?.mine) return "others";
  const ids = await due(db, now);
  if (ids.length === 0) {
    await db.$executeRaw`
      DELETE FROM usage_baselines b WHERE NOT EXISTS (
        SELECT FROM tenants t WHERE t.id = b.tenant_id AND t.deleted_at IS NULL)`;
    return "none";
  }
  const until = Math.floor(now.getTime() / hourMs) * hourMs;
  const hours = await hoursOf(db, ids, until);
  const rows = ids.flatMap((id) =>
    watchedNames.map((metric) => ({ id, metric, usual: usualOf(hours.get(id)?.[metric] ?? [], until) })),
  );
  await store(db, rows, now);
  return "more";
}

/** Every watched metric of a tenant has a row, also where too little is known: one tells for all when they were made. */
async function due(db: Db, now: Date): Promise<string[]> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const until = Math.floor(now.getTime() / hourMs) * hourMs;
  const [from, least] = [new Date(until - baselineDays * dayMs), new Date(until - leastDays * dayMs)];
  const hours = watchedNames.map((metric) => Prisma.raw(`count(${meanOf(metric)})`));
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tenants t LEFT JOIN usage_baselines b ON b.tenant_id = t.id AND b.metric = 'cpu'
     WHERE t.deleted_at IS NULL AND (b.made_at IS NULL OR b.made_at <= ${before(dayMs)}
       OR (NOT EXISTS (SELECT FROM usage_baselines k WHERE k.tenant_id = t.id AND cardinality(k.median) > 0)
         AND (b.made_at <= ${before(hourMs)} OR (
           EXISTS (SELECT FROM tenant_usage_hours h WHERE h.tenant_id = t.id AND h.at >= ${from} AND h.at <= ${least})
           AND (SELECT greatest(${Prisma.join(hours)}) FROM tenant_usage_hours h
                 WHERE h.tenant_id = t.id AND h.at >= ${from} AND h.at < ${new Date(until)})
             >= greatest(${leastHours}::int, (SELECT max(k.hours) + 1 FROM usage_baselines k WHERE k.tenant_id = t.id))))))
     ORDER BY b.made_at NULLS FIRST LIMIT ${batch}`;
  return rows.map(({ id }) => id);
}

type HourRow = { id: string; at: number } & Record<Watched, number | null>;

/** The hourly means of some tenants up to a time, by metric, where they are known. */
async function hoursOf(db: Db, ids: string[], until: number): Promise<Map<string, Record<Watched, HourValue[]>>> {
  const means = watchedNames.map((metric) => Prisma.sql`${Prisma.raw(meanOf(metric))} AS ${Prisma.raw(`"${metric}"`)}`);
  const rows = await db.$queryRaw<HourRow[]>`
    SELECT tenant_id AS id, extract(epoch FROM at)::float8 * 1000 AS at, ${Prisma.join(means)}
      FROM tenant_usage_hours
     WHERE tenant_id = ANY(${ids}::uuid[])
       AND at >= ${new Date(until - baselineDays * dayMs)} AND at < ${new Date(until)}`;
  const found = new Map<string, Record<Watched, HourValue[]>>();
  for (const row of rows) {
    const own = found.get(row.id) ?? empty();
    found.set(row.id, own);
    for (const metric of watchedNames) {
      const value = row[metric];
      if (value !== null) own[metric].push({ at: row.at, value });
    }
  }
  return found;
}

const empty = (): Record<Watched, HourValue[]> => ({
  cpu: [],
  memory: [],
  requests: [],
  transactions: [],
  connections: [],
  latency: [],
  errors: [],
});

async function store(db: Db, rows: { id: string; metric: string; usual: Usual }[], now: Date): Promise<void> {
  const told = JSON.stringify(rows.map(({ id, metric, usual }) => ({ tenant_id: id, metric, ...usual })));
  await db.$executeRaw`
    INSERT INTO usage_baselines (tenant_id, metric, made_at, hours, median, spread)
    SELECT tenant_id, metric, ${now}, hours, median, spread
      FROM jsonb_to_recordset(${told}::jsonb)
        AS made(tenant_id uuid, metric text, hours int, median float8[], spread float8[])
    ON CONFLICT (tenant_id, metric) DO UPDATE
      SET made_at = EXCLUDED.made_at, hours = EXCLUDED.hours, median = EXCLUDED.median, spread = EXCLUDED.spread`;
}
