import { type Db, Prisma } from "@/lib/platform/prisma";
import type { Preview } from "./action";
import type { SettledOptions } from "./shapes";

/** Tenants as rows of `tenants` with what else a preview may speak of. */
export type Choice = {
  /** More joins, for the general warnings. */
  joins: Prisma.Sql;
  where: Prisma.Sql;
  preview: Preview;
  warnings: Prisma.Sql[];
  /** What an undo brings back, and the original's position, where this is one. */
  undo?: { saved: Prisma.Sql; order: Prisma.Sql };
};

/** From so many items on, PostgreSQL is told of them at once: its own look comes a minute later, and guesses till then. */
const worthAnalyzing = 1000;

/** Writes one item a tenant that was chosen, in one statement, however many they are. Returns how many. */
export async function writeItems(
  db: Db,
  runId: string,
  choice: Choice,
  canary: SettledOptions["canary"],
): Promise<number> {
  const written = await db.$executeRaw(insertSql(runId, choice, canary));
  if (written >= worthAnalyzing) await db.$executeRaw`ANALYZE (SKIP_LOCKED) bulk_items`;
  return written;
}

function insertSql(runId: string, choice: Choice, canary: SettledOptions["canary"]): Prisma.Sql {
  return Prisma.sql`
    WITH chosen AS MATERIALIZED (${chosenSql(choice)}),
    ranked AS (
      SELECT c.*, count(*) FILTER (WHERE leave_out IS NULL) OVER () AS acted_on,
             row_number() OVER (PARTITION BY leave_out IS NULL ORDER BY md5(${runId} || c.id::text)) AS rank
        FROM chosen c),
    waved AS (
      SELECT r.*, CASE WHEN leave_out IS NULL AND ${isCanary(canary)} THEN 0 ELSE 1 END AS wave FROM ranked r)
    INSERT INTO bulk_items (run_id, position, tenant_id, server_id, slug, name, tenant_version, wave,
                            status, warnings, words, saved)
    SELECT ${runId}::uuid, row_number() OVER (ORDER BY wave, place, slug COLLATE "C") - 1, id, server_id, slug, name,
           version, wave, (CASE WHEN leave_out IS NULL THEN 'pending' ELSE 'skipped' END)::bulk_item_status,
           CASE WHEN leave_out IS NULL THEN warnings ELSE '{}' END, leave_out, saved
      FROM waved`;
}

function chosenSql({ joins, where, preview, warnings, undo }: Choice): Prisma.Sql {
  const all = [...(preview.warnings ?? []), ...warnings];
  return Prisma.sql`
    SELECT t.id, t.server_id, t.slug, t.name, t.version, t.tags, (${preview.leaveOut ?? Prisma.sql`NULL`})::text AS leave_out,
           array_remove(ARRAY[${Prisma.join(all.map((one) => Prisma.sql`(${one})::text`))}]::text[], NULL) AS warnings,
           ${undo?.saved ?? Prisma.sql`NULL::jsonb`} AS saved, ${undo?.order ?? Prisma.sql`0`} AS place
      FROM tenants t LEFT JOIN tenant_usage_latest u ON u.tenant_id = t.id LEFT JOIN tenant_schemas s ON s.tenant_id = t.id
      ${joins}
     WHERE ${where}`;
}

/** Whether a row of `ranked` is in the first wave, as SQL. A share is of what is acted on, rounded up. */
function isCanary(canary: SettledOptions["canary"]): Prisma.Sql {
  if (canary === null) return Prisma.sql`false`;
  if ("tag" in canary) return Prisma.sql`${canary.tag} = ANY(tags)`;
  if ("count" in canary) return Prisma.sql`rank <= ${canary.count}::int`;
  return Prisma.sql`rank <= ceil(acted_on * ${canary.percent}::numeric / 100)`;
}
