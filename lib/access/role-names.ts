import { permissionsOf } from "@/lib/accounts/rights";
import { AppError } from "@/lib/kernel/errors";
import { isBuiltIn, type Permission } from "@/lib/kernel/permissions";
import type { Db } from "@/lib/platform/prisma";

/** What a role includes; an unknown name is refused at the field `role`. */
export async function permissionsOfKnown(db: Db, role: string): Promise<readonly Permission[]> {
  if (await isRole(db, role)) return await permissionsOf(db, role);
  throw new AppError("invalid", "Some fields need another look.", { fields: { role: `There is no role "${role}".` } });
}

/** Whether there is a role of that name, built in or made here. */
export async function isRole(db: Db, role: string): Promise<boolean> {
  return isBuiltIn(role) || (await db.customRole.count({ where: { name: role } })) > 0;
}
