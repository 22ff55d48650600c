import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { failure } from "./failure";
import type { Migration } from "./folder";
import {
  appliedOf,
  bounds,
  checkAgainst,
  freeId,
  insertRecord,
  type Limits,
  newestOf,
  type Recorded,
  readLocked,
  recordId,
  table,
} from "./record";
import { runOutside } from "./run-outside";

/** Where a database stands after its migrations. */
export type Standing = {
  /** The newest applied; "" when none is. */
  version: string;
  applied: number;
};

export type Applied = Standing & {
  /** What this run applied, now or before it was cut off, oldest first. */
  own: string[];
  /** What is applied and not in the folder. */
  unknown: string[];
};

export type ApplyOptions = Limits & {
  /** Whose records these are; null for nobody's. */
  runId: string | null;
  /** The last migration to apply; all unless told. */
  upTo?: string | undefined;
  /** Called with where the database stands, after each step and before what then fails is thrown. */
  reached?: (standing: Standing) => void;
};

export const usualLimits: Limits = { lockTimeoutMs: 3000, statementTimeoutMs: 60_000 };

/**
 * Applies what a database has not got yet, each migration in a transaction together with its record: a crash leaves it
 * whole or not there. The connection is the database's own role's, and nothing else is done on it.
 */
export async function applyMigrations(
  client: pg.Client,
  folder: readonly Migration[],
  options: ApplyOptions,
): Promise<Applied> {
  const wanted = upTo(folder, options.upTo);
  const records = await readLocked(client, options);
  const applied = appliedOf(records);
  const unknown = checkAgainst(folder, applied);
  const standing = () => ({ version: newestOf(applied.keys()), applied: applied.size });
  options.reached?.(standing());
  for (const migration of wanted) {
    if (applied.has(migration.name)) continue;
    const id = freeId(records, options.runId, migration.name);
    await (migration.transactional ? applyInside : applyOutside)(client, migration, id, options);
    const { name, checksum } = migration;
    applied.set(name, { id, name, checksum, finished: true, rolledBack: false, logs: null });
    options.reached?.(standing());
  }
  return { ...standing(), own: ownOf(applied, wanted, records, options.runId), unknown };
}

function upTo(folder: readonly Migration[], name: string | undefined): readonly Migration[] {
  if (name === undefined) return folder;
  const index = folder.findIndex((migration) => migration.name === name);
  if (index < 0) throw new AppError("conflict", `The folder has no migration ${name}.`);
  return folder.slice(0, index + 1);
}

/** What carries this run's id, or was not there when it began to look. */
function ownOf(
  applied: Map<string, Recorded>,
  wanted: readonly Migration[],
  before: readonly Recorded[],
  runId: string | null,
): string[] {
  const old = new Set(before.map(({ id }) => id));
  return wanted.flatMap(({ name }) => {
    const id = applied.get(name)?.id;
    return id && (!old.has(id) || (runId !== null && id === recordId(runId, name))) ? [name] : [];
  });
}

async function applyInside(client: pg.Client, migration: Migration, id: string, limits: Limits): Promise<void> {
  const before = `BEGIN; ${bounds(limits)}\n`;
  try {
    await client.query(`${before}${migration.sql}\n;${insertRecord(id, migration, true)}; COMMIT`);
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw failure(`The migration ${migration.name}`, migration.sql, before.length, cause);
  }
}

/**
 * For what can't be in a transaction: recorded as begun, run statement by statement, recorded as finished, as Prisma does.
 * What fails or is cut off in between stays "begun": a concurrent index that fails stays behind invalid, for example.
 */
async function applyOutside(client: pg.Client, migration: Migration, id: string, limits: Limits): Promise<void> {
  const what = `The migration ${migration.name}, which is not in a transaction,`;
  await client.query(insertRecord(id, migration, false));
  try {
    await runOutside(client, what, migration.sql, limits);
  } catch (cause) {
    const words = `${(cause as AppError).message} It is recorded as begun: a person has to look at what it left.`;
    await client.query(`UPDATE ${table} SET logs = $2 WHERE id = $1`, [id, words]).catch(() => undefined);
    throw new AppError("conflict", words, { cause, reason: "migration_unfinished" });
  }
  await client.query(`UPDATE ${table} SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1`, [
    id,
  ]);
}
