import { type Db, Prisma } from "@/lib/platform/prisma";
import { type Happening, recordActivities, type Witness } from "@/lib/tenants/activity";
import type { Found, Look } from "./ask-server";
import { rest } from "./server-rules";

type Told = { tenantId: string | null; words: string };

/** What came of a look: which leaks are new, and which are gone. */
export type Change = { opened: Told[]; closed: Told[] };

/**
 * Keeps what a look found, in the caller's transaction, which holds the server's check. A leak stays one row from when it
 * is first seen until it is gone; those of tenants that changed during the look stay as they are.
 */
export async function storeFindings(witness: Witness, serverId: string, at: Date, look: Look): Promise<Change> {
  const { db } = witness;
  const found = JSON.stringify(look.found.map(bounded));
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
  const closed = await closeGone(db, is, at, look, from);
  const told = [...happenings("Found", opened), ...happenings("No longer", closed)];
  await recordActivities(witness, await ofThoseThere(db, told));
  return { opened, closed };
}

/** Without those of tenants whose row is gone: they have no timeline, and their leaks have to close all the same. */
async function ofThoseThere(db: Db, told: Happening[]): Promise<Happening[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM tenants WHERE id::text = ANY (${told.map(({ tenantId }) => tenantId)}::text[]) FOR KEY SHARE`;
  const there = new Set(rows.map(({ id }) => id));
  return told.filter(({ tenantId }) => there.has(tenantId));
}

/** Lengths are the question's to bound; what is kept doesn't rest on that. SQL that is cut would be other SQL. */
function bounded({ tenant, rule, subject, words, mend }: Found): Found {
  const whole = mend !== null && mend.length <= 10_000 ? mend : null;
  return { tenant, rule, subject: subject.slice(0, 300), words: words.slice(0, longest), mend: whole };
}

/** Where some are told as a number, one that is no longer told may be among them: it is no news that it is gone. */
async function closeGone(db: Db, is: Prisma.Sql, at: Date, { moved }: Look, from: Prisma.Sql): Promise<Told[]> {
  const closed = await db.$queryRaw<(Told & { counted: boolean })[]>`
    UPDATE isolation_findings f SET resolved_at = ${at}
    WHERE ${is} AND f.last_seen < ${at} AND (f.tenant_id IS NULL OR f.tenant_id::text <> ALL (${[...moved]}::text[]))
    RETURNING tenant_id::text AS "tenantId", words, subject <> ${rest} AND EXISTS (
      SELECT FROM ${from} WHERE x.subject = ${rest} AND x.rule = f.rule AND x.tenant IS NOT DISTINCT FROM f.tenant_id) AS counted`;
  return closed.filter(({ counted }) => !counted);
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
