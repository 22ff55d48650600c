import { isPermission } from "@/lib/kernel/permissions";
import { scopeShape } from "@/lib/kernel/scope";
import type { Prisma } from "@/lib/platform/prisma";
import type { IpRuleRow, KeyRow } from "./contract";

/** An API key as the API shows it. */
export function keyView(row: Prisma.ApiKeyGetPayload<object>, now: Date): KeyRow {
  const { id, name, prefix, allowedAddresses, rateLimit, createdBy, lastUsedAddress } = row;
  return {
    ...{ id, name, prefix: `tnt_${prefix}`, allowedAddresses, rateLimit, createdBy, lastUsedAddress },
    permissions: row.permissions.filter(isPermission),
    scope: scopeShape.parse(row.scope),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    state: row.revokedAt ? "revoked" : isExpired(row, now) ? "expired" : "active",
  };
}

/** Whether a key's time is over. */
export function isExpired(row: { expiresAt: Date | null }, now: Date): boolean {
  return row.expiresAt !== null && row.expiresAt <= now;
}

/** An IP rule as the API shows it. */
export function ruleView(row: Prisma.IpRuleGetPayload<object>): IpRuleRow {
  const { id, network, note, createdBy } = row;
  const action = row.action as IpRuleRow["action"];
  const area = row.area as IpRuleRow["area"];
  return { id, network, action, area, note, createdBy, createdAt: row.createdAt.toISOString() };
}
