import type { z } from "zod";
import type { Prisma } from "@/lib/platform/prisma";
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

/** Prisma hands these on to LIKE, where they would stand for anything. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
