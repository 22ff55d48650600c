import { env } from "@/lib/platform/env";
import { Prisma } from "@/lib/platform/prisma";
import { whyNot } from "@/lib/tenants/rules";

const { provisioning, failed, deleted, deleting } = whyNot;

/** Why a tenant's database can't be made anew; NULL where it can. */
export const notRemade = Prisma.sql`(CASE WHEN t.adopted THEN 'Its database was adopted: it is its owner''s to make anew.'
  ELSE CASE t.status::text WHEN 'provisioning' THEN ${sentence(provisioning)}::text WHEN 'failed' THEN ${sentence(failed)}::text
    WHEN 'deleted' THEN ${sentence(deleted)}::text WHEN 'deleting' THEN ${sentence(deleting)}::text END END)`;

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** A warning: when the tenant was last exported, and how large that is. */
export const lastExport = (): Prisma.Sql => Prisma.sql`(SELECT CASE WHEN e.at IS NULL THEN 'It was never exported'
    ELSE 'Its last export is of ' || to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC, '
      || CASE WHEN e.days < 1 THEN 'less than a day old' WHEN e.days = 1 THEN 'one day old' ELSE e.days || ' days old' END
      || coalesce(', ' || pg_size_pretty(e.bytes), '')
      || CASE WHEN e.days >= ${env().EXPORT_DAYS}::float THEN '; its file is gone' ELSE '' END END
  FROM (SELECT max(x.at) AS at, (array_agg(x.bytes ORDER BY x.at DESC))[1] AS bytes,
               floor(extract(epoch FROM now() - max(x.at)) / 86400)::int AS days
          FROM (SELECT i.finished_at AS at, (i.result #>> '{file,bytes}')::bigint AS bytes
                  FROM bulk_items i JOIN bulk_runs r ON r.id = i.run_id
                 WHERE i.tenant_id = t.id AND r.action = 'export-data' AND i.status = 'done') x) e)`;

/** A warning: how much is in its database. */
export const stored = Prisma.sql`CASE WHEN u.storage IS NOT NULL
  THEN 'Its database had ' || round(u.storage::numeric, 1) || ' MiB when it was last measured' END`;
