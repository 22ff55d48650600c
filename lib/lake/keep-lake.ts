import pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import { type DueDay, dueDays, openDay } from "./due-days";
import { daysIn } from "./folder";
import type { Lake } from "./lake";
import { type Written, writeDay } from "./write-day";

/**
 * Writes every day that is due to the lake, one after the other, until none is or `signal` is aborted. Any number of workers
 * may: the one that holds the lock does, the others leave it. What went wrong is kept in words for `lake.show` and thrown.
 */
export async function keepLake(lake: Lake, clock: Clock, signal: AbortSignal): Promise<void> {
  if ((await look(lake, clock)).length === 0 || signal.aborted) return;
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: "tenantry-lake",
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  });
  // What is under way fails by itself when the connection is lost.
  client.on("error", () => undefined);
  const cut = () => void client.end().catch(() => undefined);
  try {
    await client.connect();
    signal.addEventListener("abort", cut, { once: true });
    if (!(await isOnly(client))) return;
    for (let [due] = await look(lake, clock); due && !signal.aborted; [due] = await look(lake, clock)) {
      await attempt(client, lake, due, clock, signal);
    }
  } finally {
    signal.removeEventListener("abort", cut);
    await client.end().catch(() => undefined);
  }
}

/** What is due; a folder that can't be read is a fault of the newest closed day. */
async function look(lake: Lake, clock: Clock): Promise<DueDay[]> {
  const db = controlDb();
  const open = await openDay(db);
  if (open === null) return [];
  const present = await daysIn(lake.folder).catch(async (error: unknown) => {
    await keepFault(dayBefore(open), error, clock);
    throw error;
  });
  const due = await dueDays(db, lake.level, present);
  await db.lakeFault.deleteMany({ where: { day: { notIn: due.map(({ day }) => dateOf(day)) } } });
  return due;
}

/** The lock is the session's: it is free again the moment the session ends, however it does. */
async function isOnly(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    "SELECT pg_try_advisory_lock(hashtextextended('tenantry_lake', 0)) AS held",
  );
  return rows[0]?.held ?? false;
}

async function attempt(client: pg.Client, lake: Lake, due: DueDay, clock: Clock, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  try {
    const written = await writeDay(client, lake, due, clock, signal);
    if (written) await keepWritten(due, written, clock(), performance.now() - started);
  } catch (error) {
    if (!signal.aborted) await keepFault(due.day, error, clock);
    throw error;
  }
}

/** Who asked for it while it was being written gets it written once more. */
async function keepWritten({ why }: DueDay, { day, level, ...figures }: Written, now: Date, tookMs: number) {
  const { rows, tenants, bytes, fingerprint } = figures;
  await controlDb().$executeRaw`
    INSERT INTO lake_days AS old (day, level, rows, tenants, bytes, fingerprint, written_at, took_ms)
    VALUES (${day}::date, ${level}, ${rows}, ${tenants}, ${bytes}, ${fingerprint}, ${now}, ${tookMs})
    ON CONFLICT (day) DO UPDATE SET level = excluded.level, rows = excluded.rows, tenants = excluded.tenants,
           bytes = excluded.bytes, written_at = excluded.written_at, took_ms = excluded.took_ms,
           fingerprint = CASE WHEN old.fingerprint = '' AND ${why !== "asked"} THEN '' ELSE excluded.fingerprint END`;
}

async function keepFault(day: string, error: unknown, clock: Clock): Promise<void> {
  const fault = { words: wordsOf(error), at: clock() };
  await controlDb().lakeFault.upsert({
    where: { day: dateOf(day) },
    create: { day: dateOf(day), ...fault },
    update: fault,
  });
}

function wordsOf(error: unknown): string {
  if (error instanceof AppError) return `${error.message} It is tried again each minute.`;
  return "It could not be written: the worker's log tells why. It is tried again each minute.";
}

const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);
const dayBefore = (day: string) => new Date(dateOf(day).getTime() - 86_400_000).toISOString().slice(0, 10);
