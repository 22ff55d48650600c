import { tenantHold } from "@/lib/kernel/metrics";
import type { PrismaClient } from "@/lib/platform/generated/client";
import { log } from "@/lib/platform/log";
import { quoteName } from "@/lib/platform/postgres";
import type { Tx } from "@/lib/platform/prisma";
import type { Level } from "./shapes";
import { daysKept, endOf, ensureSpans, type Kept, keptTables } from "./spans";
import { after, dayMs, floor, holdHistory, readWatermarks, retentionTime, type Watermarks } from "./watermarks";

/** Days for which partitions are made ahead. */
const daysAhead = 2;

/** A partition and the time it holds. */
export type Partition = { name: string; first: Date; after: Date };

/**
 * Makes the partitions of the days to come and of those that late samples may still be of, and drops the ones whose
 * newest time is older than their level is kept (`retentionTime`). What the next level was not made of yet stays, however old it is.
 */
export async function keepPartitions(db: PrismaClient, now: Date): Promise<void> {
  const oldest = after(now, -daysKept("raw") * dayMs);
  const today = await retentionTime(db, now);
  for (const kept of keptTables) {
    await attempt(() => inOneGo(db, (tx) => ensureSpans(tx, [kept], oldest, after(now, daysAhead * dayMs))));
    if (daysKept(kept.level) === 0) continue;
    const end = floor(after(today, -daysKept(kept.level) * dayMs), dayMs);
    for (const partition of await partitionsOf(db, kept)) {
      if (partition.after <= end) await attempt(() => inOneGo(db, (tx) => dropRolled(tx, kept, partition)));
    }
    await attempt(() => inOneGo(db, (tx) => clearDefault(tx, kept, end)));
  }
}

/** The partitions of a table, oldest first; without the one that holds what fits in no other. */
export async function partitionsOf(db: PrismaClient | Tx, { table, span }: Kept): Promise<Partition[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT child.relname::text AS name FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
     WHERE inhparent = ${table}::regclass ORDER BY 1`;
  return rows.flatMap(({ name }) => {
    const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? [];
    if (!day) return [];
    const first = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
    return [{ name, first, after: endOf(span, first) }];
  });
}

/** The watermark that tells up to when a level's rows are in the next one. Days are the last. */
const nextOf = { raw: "minute", minute: "hour", hour: "day", day: null } as const satisfies Record<
  Level,
  keyof Watermarks | null
>;

/** Nobody rolls up meanwhile: what is dropped is not being read, and samples that came late are not waiting for it. */
async function dropRolled(tx: Tx, kept: Kept, { name, first, after: end }: Partition): Promise<void> {
  if (!(await holdHistory(tx)) || !(await isRolled(tx, kept, name, first, end))) return;
  if (kept.level === "raw")
    await tx.$executeRaw`
    INSERT INTO usage_rollups (level, until) VALUES ('raw', ${end})
    ON CONFLICT (level) DO UPDATE SET until = greatest(usage_rollups.until, excluded.until)`;
  await tx.$executeRawUnsafe(`DROP TABLE IF EXISTS ${quoteName(name)}`);
}

async function isRolled(tx: Tx, { level }: Kept, name: string, first: Date, end: Date): Promise<boolean> {
  const next = nextOf[level];
  if (next === null) return true;
  const rows = await tx.$queryRawUnsafe<{ some: boolean }[]>(`SELECT EXISTS (SELECT FROM ${quoteName(name)}) AS some`);
  if (!rows[0]?.some) return true;
  // A value of the last minutes reaches into the next partition's first.
  const last = level === "raw" ? after(end, Math.ceil(tenantHold / 60_000) * 60_000) : end;
  if (await tx.usageLateMinute.findFirst({ where: { minute: { gte: first, lt: last } } })) return false;
  const until = (await readWatermarks(tx))[next];
  return until !== null && until >= last;
}

/** What fits in no partition, since a clock was off, goes when it is old; it is rolled up like all else until then. */
async function clearDefault(tx: Tx, { level, table, key }: Kept, end: Date): Promise<void> {
  if (!(await holdHistory(tx))) return;
  const next = nextOf[level];
  const until = next === null ? end : (await readWatermarks(tx))[next];
  if (until === null || until < end) return;
  await tx.$executeRawUnsafe(`DELETE FROM ${quoteName(`${table}_default`)} WHERE ${key} < $1::timestamptz`, end);
}

/** A lock that is not free soon is not waited for, since everybody else would wait behind it. */
async function inOneGo(db: PrismaClient, work: (tx: Tx) => Promise<void>): Promise<void> {
  await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('lock_timeout', '2s', true)`;
      await work(tx);
    },
    { timeout: 120_000, maxWait: 10_000 },
  );
}

/** A partition that is in use now, or that another worker is making, is left for the next time. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log().warn({ error: String(error) }, "a usage partition was left as it is"));
}
