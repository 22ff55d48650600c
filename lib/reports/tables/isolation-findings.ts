import { Prisma } from "@/lib/platform/prisma";
import { isolationFindingsTable } from "../contract-tables-fleet";
import { plain, sqlTable, time, words } from "../table-sql";

/** Leaks: what is open first, and of that the newest. */
export const isolationFindings = sqlTable(isolationFindingsTable, (_, { state, server, tenant, rule }) => {
  const parts = [Prisma.sql`true`];
  if (state !== "all") parts.push(Prisma.sql`(f.resolved_at IS NULL) = ${state === "open"}`);
  if (server !== undefined) parts.push(Prisma.sql`f.server_id = ${server}::uuid`);
  if (tenant !== undefined) parts.push(Prisma.sql`f.tenant_id = ${tenant}::uuid`);
  if (rule !== undefined) parts.push(Prisma.sql`f.rule = ${rule}`);
  return {
    columns: {
      id: plain(Prisma.sql`f.id`),
      server: words(Prisma.sql`s.name`),
      tenant: words(Prisma.sql`t.slug`),
      tenantId: plain(Prisma.sql`f.tenant_id`),
      rule: words(Prisma.sql`f.rule`),
      subject: words(Prisma.sql`f.subject`),
      words: words(Prisma.sql`f.words`),
      mend: words(Prisma.sql`f.mend`),
      firstSeen: time(Prisma.sql`f.first_seen`),
      lastSeen: time(Prisma.sql`f.last_seen`),
      resolvedAt: time(Prisma.sql`f.resolved_at`),
      stale: plain(Prisma.sql`f.resolved_at IS NULL AND c.error IS NOT NULL`),
    },
    from: Prisma.sql`isolation_findings f JOIN servers s ON s.id = f.server_id LEFT JOIN tenants t ON t.id = f.tenant_id
      LEFT JOIN isolation_checks c ON c.server_id = f.server_id WHERE ${Prisma.join(parts, " AND ")}`,
    order: Prisma.sql`f.resolved_at IS NOT NULL, f.resolved_at DESC NULLS LAST, f.first_seen DESC, f.id`,
  };
});
