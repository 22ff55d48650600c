import pg from "pg";
import { env } from "./env";
import { log } from "./log";
import { controlDb, type Db, Prisma } from "./prisma";

/** Where questions in SQL are asked: the control database's client, a transaction of it, or `quickDb()`. */
export type Reading = { $queryRaw<T>(sql: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<T> };

/** The most statements that a connection keeps prepared: a question whose text varies must not fill it up. */
const mostNamed = 200;

/** Milliseconds until a connection has to be there, and until a question has to be answered on it. */
type Bounds = { connect: number; answer: number };

const usual: Bounds = { connect: 5000, answer: 20_000 };

/** Connections on which questions are prepared. */
export type QuickDb = { db: Reading; close: () => Promise<void> };

// Next's development server loads this module again on each change; one pool must stay.
const held = globalThis as { tenantryQuick?: QuickDb | undefined; tenantryReads?: QuickDb | undefined };

/**
 * The control database for what is asked with every request: statements are prepared once and asked as they are, which
 * takes a fraction of what the ORM takes for the same. It only reads, outside of transactions.
 */
export function quickDb(): Reading {
  held.tenantryQuick ??= openQuickDb(env().DATABASE_URL);
  return held.tenantryQuick.db;
}

/**
 * Where an operation asks its own questions in SQL: in its transaction, if it has one, else as prepared statements, on
 * other connections than `quickDb()`: a long list must not hold up who only wants to come in.
 */
export function readingOf(db: Db): Reading {
  if (db !== controlDb()) return db;
  held.tenantryReads ??= openQuickDb(env().DATABASE_URL);
  return held.tenantryReads.db;
}

/** Closes the connections of both. */
export async function closeQuickDb(): Promise<void> {
  const open = [held.tenantryQuick, held.tenantryReads];
  held.tenantryQuick = undefined;
  held.tenantryReads = undefined;
  await Promise.all(open.map((quick) => quick?.close()));
}

/** The same with connections of its own, which are opened when somebody asks. */
export function openQuickDb(connectionString: string, { connect, answer }: Bounds = usual): QuickDb {
  const pool = new pg.Pool({
    connectionString,
    ...{ max: 6, connectionTimeoutMillis: connect, idleTimeoutMillis: 30_000, allowExitOnIdle: true },
    // A connection that was cut in silence answers nothing: who waits on it is told, and it is given up.
    ...{ query_timeout: answer, keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
    application_name: "tenantry",
  });
  pool.on("error", (error) => log().warn({ error: error.message }, "a control database connection was lost"));
  return { db: readingOn(pool), close: () => pool.end() };
}

function readingOn(pool: pg.Pool): Reading {
  const names = new Map<string, string>();
  return {
    async $queryRaw<T>(text: TemplateStringsArray | Prisma.Sql, ...given: unknown[]): Promise<T> {
      const { text: sql, values } = "raw" in text ? Prisma.sql(text as readonly string[], ...given) : text;
      const unnamed = { text: sql, values };
      const name = nameOf(sql, names);
      try {
        return (await pool.query({ ...unnamed, ...(name && { name }) })).rows as T;
      } catch (error) {
        if (!name || !isOutdated(error)) throw error;
        // The connection on which it was prepared is given up with the error; others may have it prepared, too.
        return (await pool.query(unnamed)).rows as T;
      }
    },
  };
}

/** What a statement is prepared under; the first ones have a name, so that their number is bounded. */
function nameOf(text: string, names: Map<string, string>): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNamed) return known;
  const name = `quick_${names.size}`;
  names.set(text, name);
  return name;
}

/** PostgreSQL's "cached plan must not change result type": a column has another type since the statement was prepared. */
function isOutdated(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === "0A000" && error.message.includes("cached plan");
}
