import { randomUUID } from "node:crypto";
import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { sha256 } from "@/lib/platform/crypto";
import { quoteText, sqlState } from "@/lib/platform/postgres";
import { failure } from "./failure";
import type { Migration } from "./folder";

/** How long a statement may wait for a lock, and run. */
export type Limits = { lockTimeoutMs: number; statementTimeoutMs: number };

/** A row of `_prisma_migrations`. */
export type Recorded = {
  id: string;
  name: string;
  checksum: string;
  finished: boolean;
  rolledBack: boolean;
  /** The beginning of Prisma's own note on it. */
  logs: string | null;
};

/** Prisma's table, by its full name: a migration may have changed the search path. */
export const table = 'public."_prisma_migrations"';

// As Prisma's schema engine makes it, so that a team's own Prisma tooling agrees with what is here.
const recordTable = `
  CREATE TABLE IF NOT EXISTS ${table} (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/** The number that Prisma's own tooling locks while it migrates: it and Tenantry keep each other out. */
const prismaLock = 72707369;

/** The table is the tenant's, who could have made it endless. */
const mostRecords = 10_000;

/** The statements that bound what follows in the transaction. */
export function bounds({ lockTimeoutMs, statementTimeoutMs }: Limits): string {
  return `SET LOCAL lock_timeout = ${Math.round(lockTimeoutMs)}; SET LOCAL statement_timeout = ${Math.round(statementTimeoutMs)};`;
}

/**
 * Keeps everybody else who migrates out of the database and reads what is applied, in one message. The lock is the
 * session's and ends with it.
 */
export async function readLocked(client: pg.Client, limits: Limits): Promise<Recorded[]> {
  try {
    return await lockAndRead(client, limits);
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw failure("Looking at what is applied, with everybody else who migrates kept out,", "", 0, cause);
  }
}

async function lockAndRead(client: pg.Client, limits: Limits): Promise<Recorded[]> {
  const read = `SELECT left(id, 36) AS id, left(migration_name, 255) AS name, left(checksum, 64) AS checksum,
    finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS "rolledBack", left(logs, 100) AS logs
    FROM ${table} ORDER BY started_at DESC LIMIT ${mostRecords}`;
  const ask = async (first: string) =>
    (await client.query(
      `BEGIN; ${bounds(limits)} SELECT pg_advisory_lock(${prismaLock}); ${first} ${read}; COMMIT`,
    )) as unknown as pg.QueryResult<Recorded>[];
  // Nearly every database has the table: to ask whether it has to be made costs more than to read it.
  const results = await ask("").catch(async (error: unknown) => {
    if (sqlState(error) !== "42P01") throw error;
    await client.query("ROLLBACK");
    return await ask(`${recordTable};`);
  });
  return results.at(-2)?.rows ?? [];
}

/** What is applied, by name. Throws for what was begun and never finished. */
export function appliedOf(records: readonly Recorded[]): Map<string, Recorded> {
  const counted = records.filter((record) => !record.rolledBack);
  const broken = counted.find((record) => !record.finished);
  if (!broken) return new Map(counted.map((record) => [record.name, record]));
  throw new AppError(
    "conflict",
    `The migration ${broken.name} was begun and did not finish. Look at what it left in the database, finish or remove that, and tell with \`prisma migrate resolve\` whether it counts as applied or as rolled back.`,
    { reason: "migration_unfinished" },
  );
}

/** Checks what is applied against the folder; returns the names that the folder does not have. */
export function checkAgainst(migrations: readonly Migration[], applied: Map<string, Recorded>): string[] {
  const newest = migrations.findLastIndex(({ name }) => applied.has(name));
  migrations.forEach(({ name, checksum }, index) => {
    const record = applied.get(name);
    if (record && record.checksum !== checksum) {
      throw new AppError("conflict", `The migration ${name} was changed after it had been applied here.`, {
        reason: "migration_changed",
      });
    }
    if (!record && index < newest) {
      const words = `The migration ${name} is missing here, although the later ${migrations[newest]?.name} is applied.`;
      throw new AppError("conflict", `${words} Give it a later name.`, { reason: "migration_missing" });
    }
  });
  const known = new Set(migrations.map(({ name }) => name));
  return [...applied.keys()].filter((name) => !known.has(name)).sort();
}

/** The newest of what is applied; "" when nothing is. */
export function newestOf(names: Iterable<string>): string {
  return [...names].reduce((newest, name) => (name > newest ? name : newest), "");
}

/** The id of a record that a run makes: the same each time, so that a repeated item knows what it did itself. */
export function recordId(runId: string, name: string): string {
  const hex = sha256(`${runId}/${name}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A free id for a record: the run's own, or a random one where that was used and rolled back. */
export function freeId(records: readonly Recorded[], runId: string | null, name: string): string {
  const id = runId === null ? randomUUID() : recordId(runId, name);
  return records.some((record) => record.id === id) ? randomUUID() : id;
}

/** The statement that records a migration as Prisma does: begun, or begun and finished. */
export function insertRecord(id: string, { name, checksum }: Migration, finished: boolean): string {
  return `INSERT INTO ${table} (id, checksum, migration_name, finished_at, applied_steps_count) VALUES
    (${quoteText(id)}, ${quoteText(checksum)}, ${quoteText(name)}, ${finished ? "clock_timestamp(), 1" : "NULL, 0"})`;
}
