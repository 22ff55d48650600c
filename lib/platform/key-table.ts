import { randomBytes } from "node:crypto";
import pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { env } from "./env";
import { log } from "./log";
import { type DataKey, type Master, masters, type Wrap, wrap } from "./masters";

/** A row of `data_keys`: one data key under one master. */
export type WrappedKey = Wrap & { id: string };

/** A connection on which the table can be asked. */
export type Queryable = Pick<pg.ClientBase, "query">;

// Next's development server loads this module again on each change; one pool must stay.
const held = globalThis as { tenantryKeyPool?: pg.Pool };

/**
 * The key ring's own connections. Not Prisma's: tenants' applications read secrets without it, and a key that a
 * transaction made must not vanish with that transaction.
 */
export function keyPool(): pg.Pool {
  if (held.tenantryKeyPool) return held.tenantryKeyPool;
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: 2,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 10_000,
    application_name: "tenantry keys",
    allowExitOnIdle: true,
  });
  pool.on("error", (error) => log().warn({ error: error.message }, "a key ring connection was lost"));
  held.tenantryKeyPool = pool;
  return pool;
}

const columns = `id, master_id AS "masterId", wrapped`;

/** Every wrap of one data key; empty when there is no such key. Throws `unavailable` in an outage. */
export async function wrapsOf(id: string): Promise<WrappedKey[]> {
  return await ask(`SELECT ${columns} FROM data_keys WHERE id = $1`, [id]);
}

/** Every wrap of the data key that seals; empty in an installation that never sealed. Throws `unavailable` in an outage. */
export async function newestWraps(): Promise<WrappedKey[]> {
  return await ask(newest, []);
}

const newest = `SELECT ${columns} FROM data_keys WHERE id = (
  SELECT id FROM data_keys WHERE retired_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1)`;

async function ask(text: string, values: string[]): Promise<WrappedKey[]> {
  try {
    return (await keyPool().query<WrappedKey>(text, values)).rows;
  } catch (cause) {
    throw new AppError("unavailable", "The keys of the stored secrets can't be read from the control database.", {
      cause,
      retryAfter: 2,
    });
  }
}

/** Makes the first data key, unless another process was faster. Throws `unavailable` in an outage. */
export async function makeFirstKey(): Promise<void> {
  const client = await keyPool()
    .connect()
    .catch((cause: unknown) => {
      const message = "The keys of the stored secrets can't be written to the control database.";
      throw new AppError("unavailable", message, { cause, retryAfter: 2 });
    });
  try {
    await changingKeys(client, async () => {
      const { rows } = await client.query(newest);
      if (rows.length === 0) await insertKey(client, newDataKey(), masters(), new Date());
    });
  } finally {
    client.release();
  }
}

/** A data key that nobody has yet. */
export function newDataKey(): DataKey {
  return { id: randomBytes(8).toString("hex"), bytes: randomBytes(32) };
}

/** Stores a data key under each of some masters. */
export async function insertKey(client: Queryable, key: DataKey, under: Master[], createdAt: Date): Promise<void> {
  for (const master of under) {
    const values = [key.id, master.id, wrap(key, master), createdAt];
    await client.query("INSERT INTO data_keys (id, master_id, wrapped, created_at) VALUES ($1, $2, $3, $4)", values);
  }
}

/** Runs `work` in a transaction while no other process changes the table; reading goes on. */
export async function changingKeys<T>(client: Queryable, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('tenantry data keys', 2))");
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
