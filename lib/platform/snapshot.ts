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
const most = 6;

/** Those of them that one asker may hold: as many as a worker makes reports at a time, so that it never lacks one. */
const mostEach = 2;

// Next's development server loads this module again on each change; one pool and its count must stay.
const held = globalThis as { tenantrySnapshots?: pg.Pool | undefined; tenantrySnapshotsOf?: Map<string, number> };

/**
 * Opens a snapshot for an asker: what names them apart from others. Throws `unavailable` when the asker or all together
 * have too many open, and with the reason of an aborted signal.
 */
export async function openSnapshot(asker: string, signal: AbortSignal): Promise<Snapshot> {
  for (let left = most; ; left--) {
    signal.throwIfAborted();
    held.tenantrySnapshots ??= openPool();
    // Before a connection is waited for: whoever asks for many at once must not fill the queue either.
    const giveBack = takeSlot(asker);
    try {
      return await openOn(await takenFrom(held.tenantrySnapshots), signal, giveBack);
    } catch (error) {
      giveBack();
      // One that lay idle and was cut off without anybody knowing yet: there is another.
      if (left === 0 || !isLoss(error)) throw error;
    }
  }
}

function isLoss(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return /^(08|57P0|ECONNRESET|EPIPE)/.test(String(code)) || /^Connection terminated/.test(String(message));
}

/** A snapshot on a connection; `ended` is called when it is given back. */
async function openOn(client: pg.PoolClient, signal: AbortSignal, ended: () => void): Promise<Snapshot> {
  if (signal.aborted) {
    client.release();
    throw signal.reason;
  }
  let open = true;
  const release = (broken: boolean) => {
    if (!open) return;
    open = false;
    signal.removeEventListener("abort", gone);
    client.off("error", lost);
    client.release(broken);
    ended();
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
      const whole = await query("ROLLBACK").then(
        () => true,
        () => false,
      );
      release(!whole);
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

/** Counts a snapshot of an asker; what it returns counts it off, once. */
function takeSlot(asker: string): () => void {
  held.tenantrySnapshotsOf ??= new Map();
  const counts = held.tenantrySnapshotsOf;
  const count = counts.get(asker) ?? 0;
  if (count >= mostEach) throw new AppError("unavailable", ownWords, { retryAfter: 30 });
  counts.set(asker, count + 1);
  let taken = true;
  return () => {
    if (!taken) return;
    taken = false;
    const left = (counts.get(asker) ?? 0) - 1;
    if (left > 0) counts.set(asker, left);
    else counts.delete(asker);
  };
}

const ownWords =
  "Two downloads of yours are running: let them end, then ask again. One of which nothing is read ends after two minutes.";

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
