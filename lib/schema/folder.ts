import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { AppError } from "@/lib/kernel/errors";
import { sha256 } from "@/lib/platform/crypto";
import { log } from "@/lib/platform/log";
import { endsTransactions } from "./statements";

export type Migration = {
  name: string;
  sql: string;
  /** SHA-256 of the file, as Prisma records it. */
  checksum: string;
  /** How it is rolled back, where it says so. */
  down: string | null;
  /** False where its first line says that it can't be in a transaction. */
  transactional: boolean;
};

/** The first line of a migration, or of a down.sql, that can't be in a transaction. */
export const outsideMark = "-- tenantry: no-transaction";

const keptMs = 1000;
const kept = new Map<string, { at: number; changed: number; migrations: readonly Migration[] }>();

/**
 * The migrations in a folder of Prisma's format, oldest first. Throws `conflict`, saying why, for a folder that can't be
 * used. What was read is used for a second, since a run asks once for every tenant, but not once a migration came or went.
 */
export function readMigrations(path: string): readonly Migration[] {
  const folder = resolve(path);
  const before = kept.get(folder);
  const changed = changedAt(folder);
  if (before && before.changed === changed && performance.now() - before.at < keptMs) return before.migrations;
  const migrations = readFolder(folder);
  kept.set(folder, { at: performance.now(), changed, migrations });
  return migrations;
}

/** When a folder last got or lost something; not a number where there is none. */
function changedAt(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
}

/** The same, read now. */
export function readFolder(folder: string): Migration[] {
  const names = entries(folder).sort((one, other) => (one < other ? -1 : 1));
  return names.map((name) => readMigration(folder, name));
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch (cause) {
    log().warn({ folder, error: String(cause) }, "the folder of migrations can't be read");
    throw new AppError("conflict", "The folder that TENANT_MIGRATIONS names can't be read.", { cause });
  }
}

function readMigration(folder: string, name: string): Migration {
  const sql = text(join(folder, name, "migration.sql"));
  if (sql === null) throw new AppError("conflict", `The migration ${name} has no migration.sql.`);
  if (name.length > 255) throw new AppError("conflict", `The name of the migration ${name} has over 255 characters.`);
  const transactional = !isOutside(sql);
  const down = text(join(folder, name, "down.sql"));
  for (const [file, script] of Object.entries({ "migration.sql": sql, "down.sql": down ?? "" })) {
    if (isOutside(script) || !endsTransactions(script)) continue;
    const problem = `${name}/${file} begins or ends transactions itself. Each is run in one, together with its record`;
    throw new AppError("conflict", `${problem}; begin it with "${outsideMark}" if it can't be.`);
  }
  return { name, sql, checksum: sha256(sql), down, transactional };
}

/** Whether a script asks to be run outside a transaction. */
export function isOutside(sql: string): boolean {
  return sql.split(/\r?\n/, 1)[0]?.trim() === outsideMark;
}

function text(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
