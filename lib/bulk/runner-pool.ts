import pg from "pg";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";

let pool: pg.Pool | undefined;

/**
 * Connections to the control database for what the runner asks for every few items: prepared statements, without an
 * ORM's share of each, and not behind the transactions of registry actions.
 */
export function runnerPool(): pg.Pool {
  if (pool) return pool;
  pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: 4,
    connectionTimeoutMillis: 5000,
    // Longer than it may wait for other workers' claims.
    query_timeout: 20_000,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    application_name: "tenantry",
  });
  pool.on("error", (error) => log().warn({ error: error.message }, "a runner's control connection was lost"));
  return pool;
}

/** Closes them, when the worker stops. */
export async function endRunnerPool(): Promise<void> {
  await pool?.end();
  pool = undefined;
}

/** Lends a connection for `work`. */
export async function withRunner<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await runnerPool().connect();
  // While it is lent out, nobody else hears of its end; the next query on it fails.
  client.on("error", ignore);
  try {
    return await work(client);
  } finally {
    client.off("error", ignore);
    client.release();
  }
}

/** Runs `work` in a transaction that begins with the statement `first`. */
export async function inTransaction<T>(first: string, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  return await withRunner(async (client) => {
    try {
      await client.query(`BEGIN; ${first}`);
      const result = await work(client);
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  });
}

const ignore = (): void => undefined;
