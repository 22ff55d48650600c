import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { scopeShape } from "@/lib/kernel/scope";
import { editUserContract, showUserContract } from "./contract";
import { checkOwnerLeft, lockAccess, subjectOf } from "./holder";
import { endPasswordLinks } from "./password-links";
import { permissionsOfKnown } from "./role-names";
import { checkGrant, checkOther, checkReach } from "./rules";
import { tellSessions } from "./told";
import { findUser, readUser } from "./user-row";

export const editUser = operation(editUserContract, async (ctx, { id, role, scope }) => {
  const holder = await lockAccess(ctx);
  const user = await findUser(ctx.db, id);
  await requireMatch(ctx, showUserContract, () => readUser(ctx.db, ctx.now(), id));
  checkOther(holder, user, "change their own role or scope");
  checkReach(holder, await subjectOf(ctx.db, user));
  const before = { role: user.role, scope: scopeShape.parse(user.scope) };
  const after = { role: role ?? before.role, scope: scope ?? before.scope };
  checkGrant(holder, { ...after, permissions: await permissionsOfKnown(ctx.db, after.role) });
  await ctx.db.user.update({ where: { id }, data: after });
  if (before.role === "owner") await checkOwnerLeft(ctx.db);
  // Who made a link could give what the user held then, which says nothing of what they hold now.
  await endPasswordLinks(ctx.db, id);
  await tellSessions(ctx.db, { id });
  Object.assign(ctx.note, { target: id, before, after });
  return await readUser(ctx.db, ctx.now(), id);
});
