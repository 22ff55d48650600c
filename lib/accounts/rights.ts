import type { Rights } from "@/lib/gate/context";
import { builtInRoles, isBuiltIn, isPermission, type Permission } from "@/lib/kernel/permissions";
import { scopeShape } from "@/lib/kernel/scope";
import type { Db } from "@/lib/platform/prisma";

/** What a role includes: a built-in one, a custom one, or nothing when there is no such role any more. */
export async function permissionsOf(db: Db, role: string): Promise<readonly Permission[]> {
  if (isBuiltIn(role)) return builtInRoles[role].permissions;
  const custom = await db.customRole.findUnique({ where: { name: role } });
  return custom?.permissions.filter(isPermission) ?? [];
}

/** What a user may do, and to which tenants. A scope that can't be read is an error, never "all". */
export async function rightsOf(db: Db, user: { role: string; scope: unknown }): Promise<Rights> {
  return { permissions: await permissionsOf(db, user.role), scope: scopeShape.parse(user.scope) };
}
