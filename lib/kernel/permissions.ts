/** Everything that can be allowed, as resource:verb. */
export const permissions = [
  "tenants:read",
  "tenants:create",
  "tenants:update",
  "tenants:status",
  "tenants:delete",
  "servers:read",
  "servers:create",
  "metrics:read",
  "activities:read",
] as const;

export type Permission = (typeof permissions)[number];

export const roles = ["owner", "admin", "operator", "viewer"] as const;

export type Role = (typeof roles)[number];

const reading = permissions.filter((permission) => permission.endsWith(":read"));

const granted: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(permissions),
  admin: new Set(permissions),
  operator: new Set<Permission>([...reading, "tenants:create", "tenants:update", "tenants:status"]),
  viewer: new Set(reading),
};

/** Whether a role includes a permission: the one decision, shared by the gate and by buttons. */
export function roleAllows(role: Role, permission: Permission): boolean {
  return granted[role].has(permission);
}
