import type { z } from "zod";
import { Prisma } from "@/lib/platform/prisma";
import type { auditFilter } from "./contract";

export type AuditFilter = z.output<typeof auditFilter>;

/** A filter as the database takes it. `from` is the first moment, `to` the first that is left out. */
export function auditWhere(filter: AuditFilter): Prisma.AuditEventWhereInput {
  const { actor, operation, outcome, target, from, to, actorKind, actorId, requestId, ipAddress } = filter;
  return {
    ...(actorKind && { actorKind }),
    ...(actorId && { actorId }),
    ...(requestId && { requestId }),
    ...(ipAddress && { ipAddress }),
    ...(actor && { actor: { contains: literal(actor), mode: "insensitive" } }),
    ...(operation && { OR: [{ operation }, { operation: { startsWith: literal(`${operation}.`) } }] }),
    ...(outcome && { outcome }),
    ...(target && { target }),
    createdAt: { ...(from && { gte: new Date(from) }), ...(to && { lt: new Date(to) }) },
  };
}

/** The same as SQL, over a table `audit_events` under the name `e`. */
export function auditSql(filter: AuditFilter): Prisma.Sql {
  const { actor, operation, outcome, target, from, to, actorKind, actorId, requestId, ipAddress } = filter;
  const parts = [Prisma.sql`true`];
  if (actorKind) parts.push(Prisma.sql`e.actor_kind = ${actorKind}`);
  if (actorId) parts.push(Prisma.sql`e.actor_id = ${actorId}`);
  if (requestId) parts.push(Prisma.sql`e.request_id = ${requestId}`);
  if (ipAddress) parts.push(Prisma.sql`e.ip_address = ${ipAddress}`);
  if (actor) parts.push(Prisma.sql`e.actor ILIKE ${`%${literal(actor)}%`}`);
  if (operation) parts.push(Prisma.sql`(e.operation = ${operation} OR e.operation LIKE ${`${literal(operation)}.%`})`);
  if (outcome) parts.push(Prisma.sql`e.outcome = ${outcome}`);
  if (target) parts.push(Prisma.sql`e.target = ${target}`);
  if (from) parts.push(Prisma.sql`e.created_at >= ${new Date(from)}`);
  if (to) parts.push(Prisma.sql`e.created_at < ${new Date(to)}`);
  return Prisma.join(parts, " AND ");
}

/** Prisma hands these on to LIKE, where they would stand for anything. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
