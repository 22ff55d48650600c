import type { Prisma } from "@/lib/platform/prisma";
import type { MaintenanceView } from "./contract";

/** A row of the registry. */
export type MaintenanceRow = Prisma.TenantMaintenanceGetPayload<object>;

/** Whether a maintenance has ended by itself. */
export function isOver({ until }: Pick<MaintenanceRow, "until">, now: Date): boolean {
  return until !== null && until <= now;
}

/** A maintenance as the API shows it: never with what lets people pass. */
export function toView(row: MaintenanceRow): MaintenanceView {
  return {
    message: row.message,
    allow: row.allow,
    retryAfterSeconds: row.retryAfter,
    until: row.until?.toISOString() ?? null,
    startedAt: row.startedAt.toISOString(),
    startedBy: row.startedBy,
  };
}
