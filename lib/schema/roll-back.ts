import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { quoteText } from "@/lib/platform/postgres";
import type { Standing } from "./apply";
import { failure } from "./failure";
import { isOutside, type Migration } from "./folder";
import { appliedOf, bounds, type Limits, newestOf, type Recorded, readLocked, table } from "./record";
import { runOutside } from "./run-outside";

export type RolledBack = Standing & {
  /** False when there was nothing to roll back: it is not applied, and this run did not change that. */
  done: boolean;
};

/**
 * Rolls back the newest migration of a database with its down.sql and marks its record, as `prisma migrate resolve
 * --rolled-back` does. Running it again for the same run comes to the same.
 */
export async function rollBack(
  client: pg.Client,
  folder: readonly Migration[],
  name: string,
  options: Limits & { runId: string },
): Promise<RolledBack> {
  const down = downOf(folder, name);
  const records = await readLocked(client, options);
  const applied = appliedOf(records);
  const record = applied.get(name);
  const mark = `Rolled back by Tenantry's run ${options.runId}`;
  if (record) {
    const newest = newestOf(applied.keys());
    if (newest !== name) {
      throw new AppError("conflict", `Only the newest migration can be rolled back: here it is ${newest}.`);
    }
    await (isOutside(down) ? outside : inside)(client, record, down, mark, options);
    applied.delete(name);
  }
  const own = records.some((one) => one.name === name && one.rolledBack && one.logs === mark);
  return { version: newestOf(applied.keys()), applied: applied.size, done: record !== undefined || own };
}

function downOf(folder: readonly Migration[], name: string): string {
  const migration = folder.find((one) => one.name === name);
  if (!migration) throw new AppError("conflict", `The folder has no migration ${name}.`);
  if (migration.down !== null) return migration.down;
  throw new AppError("conflict", `The migration ${name} does not say how it is rolled back: it has no down.sql.`);
}

const marked = (mark: string, { id }: Recorded) =>
  `UPDATE ${table} SET rolled_back_at = clock_timestamp(), logs = ${quoteText(mark)} WHERE id = ${quoteText(id)}`;

async function inside(client: pg.Client, record: Recorded, down: string, mark: string, limits: Limits): Promise<void> {
  const before = `BEGIN; ${bounds(limits)}\n`;
  try {
    await client.query(`${before}${down}\n;${marked(mark, record)}; COMMIT`);
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw failure(`Rolling back ${record.name}`, down, before.length, cause);
  }
}

/** Recorded as begun meanwhile, so that what is cut off is seen by a person. */
async function outside(client: pg.Client, record: Recorded, down: string, mark: string, limits: Limits): Promise<void> {
  await client.query(`UPDATE ${table} SET finished_at = NULL WHERE id = $1`, [record.id]);
  await runOutside(client, `Rolling back ${record.name}, which is not in a transaction,`, down, limits);
  await client.query(marked(mark, record));
}
