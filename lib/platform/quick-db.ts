import pg from "pg";
import { env } from "./env";
import { log } from "./log";
import { Prisma } from "./prisma";

/** Where questions in SQL are asked: the control database's client, a transaction of it, or `quickDb()`. */
export type Reading = { $queryRaw<T>(sql: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<T> };

/** The most statements that a connection keeps prepared: a question whose text varies must not fill it up. */
const mostNamed = 200;

type Held = { pool: pg.Pool; names: Map<string, string> };

// Next's development server loads this module again on each change; one pool must stay.
const held = globalThis as { tenantryQuick?: Held | undefined };

/**
 * The control database for what is asked with every request: statements are prepared once and asked as they are, which
 * takes a fraction of what the ORM takes for the same. It only reads, outside of transactions.
 */
export function quickDb(): Reading {
  return quick;
}

const quick: Reading = {
  async $queryRaw<T>(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<T> {
    const sql = "raw" in text ? Prisma.sql(text as readonly string[], ...values) : text;
    const { pool } = held.tenantryQuick ?? open();
    const name = nameOf(sql.text);
    const { rows } = await pool.query({ text: sql.text, values: sql.values, ...(name && { name }) });
    return rows as T;
  },
};

/** Closes its connections. */
export async function closeQuickDb(): Promise<void> {
  const pool = held.tenantryQuick?.pool;
  held.tenantryQuick = undefined;
  await pool?.end();
}

function open(): Held {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    ...{ max: 6, connectionTimeoutMillis: 5000, idleTimeoutMillis: 30_000, allowExitOnIdle: true },
    // A connection that was cut in silence answers nothing: who waits on it is told, and it is given up.
    ...{ query_timeout: 20_000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
    application_name: "tenantry",
  });
  pool.on("error", (error) => log().warn({ error: error.message }, "a control database connection was lost"));
  const own = { pool, names: new Map<string, string>() };
  held.tenantryQuick = own;
  return own;
}

/** What a statement is prepared under; the first ones have a name, so that their number is bounded. */
function nameOf(text: string): string | undefined {
  const { names } = held.tenantryQuick ?? open();
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNamed) return known;
  const name = `quick_${names.size}`;
  names.set(text, name);
  return name;
}
