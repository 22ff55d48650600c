import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import type { ServerAccess } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { compareStructures, type StructureDifference } from "@/lib/schema/compare";
import { fingerprint, readStructure, type Structure } from "@/lib/schema/fingerprint";
import { type Migration, readMigrations } from "@/lib/schema/folder";
import { referenceFor } from "./reference";

/** How a client is opened as the tenant's own role; it is closed afterwards. */
export type Open = <T>(use: (client: pg.Client) => Promise<T>) => Promise<T>;

export type Checked = {
  version: string;
  /** Null: the folder does not have the tenant's version, so that there is nothing to compare with. */
  drifted: boolean | null;
  differences: StructureDifference[];
};

type Seen = { major: number; names: string[]; structure: Structure };

/** Reads a tenant's structure, compares it with what the tenant's own version makes, and writes down what was found. */
export async function checkTenant(server: ServerAccess, tenantId: string, open: Open, now: Date): Promise<Checked> {
  const before = await controlDb().tenantSchema.findUnique({ where: { tenantId }, select: { changedAt: true } });
  const seen = await open(look);
  const version = seen.names.at(-1) ?? "";
  const part = upTo(readMigrations(env().TENANT_MIGRATIONS), version);
  const reference = part && (await referenceFor(server, seen.major, part));
  const own = fingerprint(seen.structure);
  const drifted = reference ? reference.fingerprint !== own : null;
  const differences = reference && drifted ? compareStructures(reference.structure, seen.structure) : [];
  const found = { version, applied: seen.names.length, fingerprint: own, drifted, differences, checkedAt: now };
  await write(tenantId, before?.changedAt, found, now);
  return { version, drifted, differences };
}

/** With pg_catalog alone in the search path the tenant can't forge the version that its reference is kept under. */
async function look(client: pg.Client): Promise<Seen> {
  await client.query("SET search_path = pg_catalog; SET lock_timeout = '3s'");
  const { rows } = await client.query<{ major: number; migrated: boolean }>(`
    SELECT current_setting('server_version_num')::int / 10000 AS major,
      to_regclass('public._prisma_migrations') IS NOT NULL AS migrated`);
  const [state] = rows;
  if (!state) throw new AppError("unavailable", "The database gave no answer.");
  const names = state.migrated ? await appliedNames(client) : [];
  return { major: state.major, names, structure: await readStructure(client) };
}

async function appliedNames(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT DISTINCT left(migration_name, 255) COLLATE "C" AS name FROM public._prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1 LIMIT 10000`);
  return rows.map(({ name }) => name);
}

function upTo(folder: readonly Migration[], version: string): readonly Migration[] | undefined {
  if (version === "") return [];
  const index = folder.findIndex(({ name }) => name === version);
  return index < 0 ? undefined : folder.slice(0, index + 1);
}

type Found = Checked & { applied: number; fingerprint: string; checkedAt: Date };

/** Where a migration was written down meanwhile, what was seen is old: it is looked at again. */
async function write(tenantId: string, changedAt: Date | undefined, found: Found, now: Date): Promise<void> {
  const db = controlDb();
  if (changedAt) await db.tenantSchema.updateMany({ where: { tenantId, changedAt }, data: found });
  else await db.tenantSchema.createMany({ data: [{ tenantId, ...found, changedAt: now }], skipDuplicates: true });
}
