import { auditSql } from "@/lib/audit/filter";
import { Prisma } from "@/lib/platform/prisma";
import { auditTable } from "../contract-tables-audit";
import { plain, sqlTable, time, words } from "../table-sql";

/** The audit trail, oldest first. */
export const audit = sqlTable(auditTable, (_, filter) => ({
  columns: {
    id: plain(Prisma.sql`e.id`),
    createdAt: time(Prisma.sql`e.created_at`),
    outcome: words(Prisma.sql`e.outcome`),
    operation: words(Prisma.sql`e.operation`),
    actorKind: words(Prisma.sql`e.actor_kind`),
    actorId: words(Prisma.sql`e.actor_id`),
    actor: words(Prisma.sql`e.actor`),
    target: words(Prisma.sql`e.target`),
    reason: words(Prisma.sql`e.reason`),
    input: words(Prisma.sql`e.input`),
    before: words(Prisma.sql`e.before`),
    after: words(Prisma.sql`e.after`),
    requestId: words(Prisma.sql`e.request_id`),
    ipAddress: words(Prisma.sql`e.ip_address`),
    userAgent: words(Prisma.sql`e.user_agent`),
    hash: words(Prisma.sql`e.hash`),
  },
  from: Prisma.sql`audit_events e WHERE ${auditSql(filter)}`,
  order: Prisma.sql`e.id`,
}));
