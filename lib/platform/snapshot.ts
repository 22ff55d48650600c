import pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { env } from "./env";
import { log } from "./log";
import type { Prisma } from "./prisma";
import { quickDb } from "./quick-db";

/** A row as PostgreSQL writes it: every value as its text, null where there is none. */
export type TextRow = (string | null)[];

/**
 * One moment of the control database, to read more of it than fits into memory. It holds a connection until it is closed,
 * which it also is when the caller's signal is aborted, and when nobody asks anything of it for two minutes.
 */
export type Snapshot = {
  /** Asks a question whose answer is small. */
  ask(sql: Prisma.Sql): Promise<TextRow[]>;
  /** Begins a question whose answer is large: its first rows are found first. */
  begin(sql: Prisma.Sql): Promise<void>;
  /** So many of its next rows at most; none at its end. */
  next(rows: number): Promise<TextRow[]>;
  /** Gives the connection back. It may be called again. */
  close(): Promise<void>;
};

/** Snapshots that a process may hold open at once: each keeps PostgreSQL from cleaning up behind it. */
const most = 4;

// Next's development server loads this module again on each change; one pool must stay.
const held = globalThis as { tenantrySnapshots?: pg.Pool | undefined };

/** Opens a snapshot. Throws `unavailable` when too many are open, and with the reason of an aborted signal. */
export async function openSnapshot(signal: AbortSignal): Promise<Snapshot> {
  signal.throwIfAborted();
  held.tenantrySnapshots ??= openPool();
  const client = await takenFrom(held.tenantrySnapshots);
  let open = true;
  const release = (broken: boolean) => {
    if (!open) return;
    open = false;
    signal.removeEventListener("abort", gone);
    client.off("error", lost);
    client.release(broken);
  };
  let pid = 0;
  const gone = () => {
    if (busy) void cancel(pid);
    release(true);
  };
  const lost = () => release(true);
  let busy = false;
  const query = async (text: string, values: unknown[] = []): Promise<TextRow[]> => {
    if (!open) throw new AppError("unavailable", "The reading was given up: who asked for it has gone.");
    busy = true;
    try {
      return (await client.query<TextRow>({ text, values, rowMode: "array" })).rows;
    } finally {
      busy = false;
    }
  };
  client.on("error", lost);
  signal.addEventListener("abort", gone, { once: true });
  const snapshot: Snapshot = {
    ask: ({ text, values }) => query(text, values),
    begin: async ({ text, values }) => void (await query(`DECLARE reading NO SCROLL CURSOR FOR ${text}`, values)),
    next: (rows) => query(`FETCH ${Math.trunc(rows)} FROM reading`),
    close: async () => {
      if (!open) return;
      const ended = await query("ROLLBACK").then(
        () => true,
        () => false,
      );
      release(!ended);
    },
  };
  try {
    await client.query(beginning);
    pid = Number((await query("SELECT pg_backend_pid()"))[0]?.[0]);
    return snapshot;
  } catch (error) {
    release(true);
    throw error;
  }
}

/** Closes the connections, for a process or a test that ends. */
export async function closeSnapshots(): Promise<void> {
  const pool = held.tenantrySnapshots;
  held.tenantrySnapshots = undefined;
  await pool?.end();
}

/** How many snapshots are open in this process. */
export function openSnapshots(): number {
  const pool = held.tenantrySnapshots;
  return pool ? pool.totalCount - pool.idleCount : 0;
}

// Times are told in UTC. The first rows matter more than the last, and a compiled plan would come too late for them.
// Who reads slowly holds the snapshot, who does not read at all loses it.
const beginning = `
  BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
  SET LOCAL timezone = 'UTC';
  SET LOCAL datestyle = 'ISO';
  SET LOCAL jit = off;
  SET LOCAL cursor_tuple_fraction = 0.0001;
  SET LOCAL statement_timeout = '5min';
  SET LOCAL idle_in_transaction_session_timeout = '2min'`;

const asText: pg.CustomTypesConfig = {
  getTypeParser: (() => (value: string) => value) as unknown as typeof pg.types.getTypeParser,
};

function openPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    ...{ max: most, connectionTimeoutMillis: 5000, idleTimeoutMillis: 30_000, allowExitOnIdle: true },
    ...{ keepAlive: true, keepAliveInitialDelayMillis: 10_000, types: asText },
    application_name: "tenantry files",
  });
  pool.on("error", (error) => log().warn({ error: error.message }, "a control database connection was lost"));
  return pool;
}

async function takenFrom(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    const full = pool.totalCount - pool.idleCount >= most;
    const words = full
      ? `${most} large files are being sent already, which is as many as are made at once. Try again in a minute.`
      : "The control database can't be reached. Try again in a minute.";
    throw new AppError("unavailable", words, { cause, retryAfter: 30 });
  }
}

/** Ends the question that a connection is at, which goes on when nobody waits for it. */
async function cancel(pid: number): Promise<void> {
  await quickDb().$queryRaw`SELECT pg_cancel_backend(${pid}::int)`.catch(() => undefined);
}
