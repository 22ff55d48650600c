import { type Actor, actorName, type Ctx } from "@/lib/gate/context";
import type { Db } from "@/lib/platform/prisma";
import { markTenantChanged } from "@/lib/platform/tenant-marks";

/** Everything that a tenant's timeline can tell. */
export type ActivityType =
  | "created"
  | "adopted"
  | "provisioned"
  | "step_failed"
  | "edited"
  | "status_changed"
  | "deletion_started"
  | "deleted"
  | "resumed"
  | "restored"
  | "limits_changed"
  | "secret_rotated"
  | "migrated"
  | "rolled_back"
  | "seeded"
  | "schema_checked"
  | "connections_ended"
  | "vacuumed"
  | "exported"
  | "imported"
  | "database_reset"
  | "isolation_checked"
  | "domain_added"
  | "domain_verified"
  | "domain_lost"
  | "domain_primary"
  | "domain_removed"
  | "maintenance_started"
  | "maintenance_ended"
  | "support_opened"
  | "support_entered"
  | "support_ended"
  | "action_failed"
  | "signed_in"
  | "sign_in_failed"
  | "history_made_up";

export type Happening = {
  tenantId: string;
  type: ActivityType;
  description: string;
  metadata?: Record<string, string>;
};

/** Who did it, when and from where. */
export type Witness = Pick<Ctx, "db" | "now" | "ipAddress" | "userAgent" | "bulkRun"> & { actor: Actor };

/** Writes what happened to a tenant on its timeline and tells live readers once the transaction commits. */
export async function recordActivity(witness: Witness, happening: Happening): Promise<void> {
  await recordActivities(witness, [happening]);
}

/** The same for many tenants at once. */
export async function recordActivities(witness: Witness, happenings: Happening[]): Promise<void> {
  if (happenings.length === 0) return;
  await witness.db.tenantActivity.createMany({
    data: happenings.map(({ tenantId, type, description, metadata }) => ({
      tenantId,
      activityType: type,
      description,
      actor: actorName(witness.actor),
      metadata: { ...metadata, ...(witness.bulkRun && { bulkRun: witness.bulkRun }) },
      ipAddress: witness.ipAddress,
      userAgent: witness.userAgent,
      createdAt: witness.now(),
    })),
  });
  const tenants = [...new Set(happenings.map(({ tenantId }) => tenantId))];
  await witness.db.$executeRaw`SELECT pg_notify('tenantry_activity', id) FROM unnest(${tenants}::text[]) AS id`;
}

/**
 * Tells every process that a tenant's registry entry or steps changed, once the transaction commits. What Redis holds of
 * it is not believed from now on, so that nobody has to be listening.
 */
export async function announceTenant(db: Db, tenantId: string): Promise<void> {
  await markTenantChanged(tenantId);
  await db.$executeRaw`SELECT pg_notify('tenantry_tenant', ${tenantId})`;
}
