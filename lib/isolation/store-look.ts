import { type Db, Prisma } from "@/lib/platform/prisma";
import { type Happening, recordActivities, type Witness } from "@/lib/tenants/activity";
import { type Look, mostFindings } from "./ask-server";

type Told = { tenantId: string | null; words: string };

/** What came of a look: which leaks are new, and which are gone. */
export type Change = { opened: Told[]; closed: Told[] };

/**
 * Keeps what a look found, in the caller's transaction, which holds the server's check. A leak stays one row from when it
 * is first seen until it is gone; those of tenants that changed during the look stay as they are.
 */
export async function storeFindings(witness: Witness, serverId: string, at: Date, look: Look): Promise<Change> {
  const { db } = witness;
  const found = JSON.stringify(look.found);
  const is = Prisma.sql`f.server_id = ${serverId}::uuid AND f.resolved_at IS NULL`;
  const same = Prisma.sql`f.rule = x.rule AND f.subject = x.subject AND f.tenant_id IS NOT DISTINCT FROM x.tenant`;
  const from = Prisma.sql`jsonb_to_recordset(${found}::jsonb) AS x (tenant uuid, rule text, subject text, words text, mend text)`;
  await db.$executeRaw`
    UPDATE isolation_findings f SET last_seen = ${at}, words = x.words, mend = x.mend FROM ${from} WHERE ${is} AND ${same}`;
  const opened = await db.$queryRaw<Told[]>`
    INSERT INTO isolation_findings (server_id, tenant_id, rule, subject, words, mend, first_seen, last_seen)
    SELECT ${serverId}::uuid, x.tenant, x.rule, x.subject, x.words, x.mend, ${at}, ${at} FROM ${from}
    WHERE NOT EXISTS (SELECT FROM isolation_findings f WHERE ${is} AND ${same})
    RETURNING tenant_id::text AS "tenantId", words`;
  const closed = await closeGone(db, is, at, look);
  await recordActivities(witness, [...happenings("Found", opened), ...happenings("No longer", closed)]);
  return { opened, closed };
}

/** Where more leaks than are kept, nothing is known of those that were not told. */
async function closeGone(db: Db, is: Prisma.Sql, at: Date, { moved, findings }: Look): Promise<Told[]> {
  if (findings > mostFindings) return [];
  return await db.$queryRaw<Told[]>`
    UPDATE isolation_findings f SET resolved_at = ${at}
    WHERE ${is} AND f.last_seen < ${at} AND (f.tenant_id IS NULL OR f.tenant_id::text <> ALL (${[...moved]}::text[]))
    RETURNING tenant_id::text AS "tenantId", words`;
}

const longest = 2000;

/** One entry on the timeline of each tenant, with all that is new of it. */
function happenings(beginning: string, told: Told[]): Happening[] {
  const byTenant = new Map<string, string[]>();
  for (const { tenantId, words } of told) {
    if (tenantId !== null) byTenant.set(tenantId, [...(byTenant.get(tenantId) ?? []), words]);
  }
  return [...byTenant].map(([tenantId, words]) => ({
    tenantId,
    type: "isolation_checked",
    description: `Isolation. ${beginning}: ${words.join(" ")}`.slice(0, longest),
  }));
}
