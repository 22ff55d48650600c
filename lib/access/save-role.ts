import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import { isBuiltIn, permissions as known } from "@/lib/kernel/permissions";
import { saveRoleContract, showRoleContract } from "./contract-roles";
import { lockAccess } from "./holder";
import { endRoleLinks } from "./password-links";
import { readRole, readRoles } from "./role-rows";
import { checkRole } from "./rules";
import { tellSessions } from "./told";

export const saveRole = operation(saveRoleContract, async (ctx, { name, description, permissions: wanted }) => {
  if (isBuiltIn(name)) {
    const fields = { name: "This is the name of a role that comes with Tenantry, which stays as it is." };
    throw new AppError("invalid", "Some fields need another look.", { fields });
  }
  const holder = await lockAccess(ctx);
  const before = (await readRoles(ctx.db)).find((role) => role.name === name);
  if (before) await requireMatch(ctx, showRoleContract, () => before);
  else if (ctx.condition)
    throw new AppError("changed", `There is no role "${name}" of which If-Match could name a state.`);
  const permissions = known.filter((permission) => wanted.includes(permission));
  if (before) checkRole(holder, before);
  checkRole(holder, { name, permissions });
  const data = { description, permissions, updatedAt: ctx.now() };
  await ctx.db.customRole.upsert({
    where: { name },
    create: { name, ...data, createdAt: ctx.now() },
    update: data,
  });
  await tellSessions(ctx.db, { role: name });
  // Links that let somebody set these people's passwords were made for fewer rights.
  await endRoleLinks(ctx.db, name);
  ctx.note.target = name;
  if (before) ctx.note.before = { description: before.description, permissions: before.permissions };
  ctx.note.after = { description, permissions };
  return await readRole(ctx.db, name);
});
