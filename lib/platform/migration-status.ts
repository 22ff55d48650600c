import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";

/** How a database stands to the migrations of this version. */
export type MigrationStatus = {
  /** Those of this version that it has, in their order. */
  applied: string[];
  /** Those that it lacks. */
  pending: string[];
  /** Those that began there and did not end: Prisma applies nothing before they are settled. */
  failed: string[];
  /** Those that it has and this version does not know: it was made by a newer one. */
  unknown: string[];
};

/** Compares the control database with the migrations in the folder. Changes nothing; throws pg's error when it is away. */
export async function migrationStatus(
  url: string,
  folder: string = resolve("prisma/migrations"),
): Promise<MigrationStatus> {
  const known = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "migration.sql")))
    .map(({ name }) => name)
    .sort();
  const rows = await recorded(url);
  const done = new Set(rows.filter(({ ended }) => ended).map(({ name }) => name));
  return {
    applied: known.filter((name) => done.has(name)),
    pending: known.filter((name) => !done.has(name)),
    failed: [...new Set(rows.filter(({ name, ended }) => !ended && !done.has(name)).map(({ name }) => name))],
    unknown: [...done].filter((name) => !known.includes(name)).sort(),
  };
}

async function recorded(url: string): Promise<{ name: string; ended: boolean }[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, application_name: "tenantry" });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ present: boolean }>(
      "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS present",
    );
    if (!rows[0]?.present) return [];
    const made = await client.query<{ name: string; ended: boolean }>(
      `SELECT migration_name AS name, finished_at IS NOT NULL AS ended FROM public._prisma_migrations
        WHERE rolled_back_at IS NULL ORDER BY started_at`,
    );
    return made.rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
