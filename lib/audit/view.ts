import type { Prisma } from "@/lib/platform/prisma";
import type { AuditRowView } from "./contract";

/** A row of the trail as the API shows it. */
export function auditView(row: Prisma.AuditEventModel): AuditRowView {
  return {
    ...row,
    id: String(row.id),
    actorKind: row.actorKind as AuditRowView["actorKind"],
    outcome: row.outcome as AuditRowView["outcome"],
    createdAt: row.createdAt.toISOString(),
  };
}
