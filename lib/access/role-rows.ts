import { AppError } from "@/lib/kernel/errors";
import { builtInRoleNames, builtInRoles, isPermission } from "@/lib/kernel/permissions";
import type { Db } from "@/lib/platform/prisma";
import type { RoleRow } from "./contract-roles";

/** Every role with how many users have it: the built-in ones first. */
export async function readRoles(db: Db): Promise<RoleRow[]> {
  const counts = await db.user.groupBy({ by: ["role"], _count: true });
  const users = (name: string) => counts.find(({ role }) => role === name)?._count ?? 0;
  const custom = await db.customRole.findMany({ orderBy: { name: "asc" } });
  return [
    ...builtInRoleNames.map((name) => {
      const { words, permissions } = builtInRoles[name];
      return { name, builtIn: true, description: words, permissions: [...permissions], users: users(name) };
    }),
    ...custom.map(({ name, description, permissions }) => {
      return { name, builtIn: false, description, permissions: permissions.filter(isPermission), users: users(name) };
    }),
  ];
}

/** One role as the API shows it; `not_found` when there is none. */
export async function readRole(db: Db, name: string): Promise<RoleRow> {
  const role = (await readRoles(db)).find((one) => one.name === name);
  if (!role) throw new AppError("not_found", `There is no role "${name}".`);
  return role;
}
