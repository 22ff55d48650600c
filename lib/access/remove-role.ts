import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import type { Db } from "@/lib/platform/prisma";
import { removeRoleContract, showRoleContract } from "./contract-roles";
import { lockAccess } from "./holder";
import { openInvitation } from "./invitations";
import { readRole } from "./role-rows";
import { checkRole } from "./rules";

/** So many holders of a role are named; of more, the number is told. */
const namedHolders = 3;

export const removeRole = operation(removeRoleContract, async (ctx, { name }) => {
  const holder = await lockAccess(ctx);
  const role = await readRole(ctx.db, name);
  await requireMatch(ctx, showRoleContract, () => role);
  if (role.builtIn) throw new AppError("conflict", "A role that comes with Tenantry can't be deleted.");
  const use = await useOf(ctx.db, name, ctx.now());
  if (use) throw new AppError("conflict", `The role "${name}" is in use: ${use}. Give them another role first.`);
  checkRole(holder, role);
  await ctx.db.invitation.deleteMany({ where: { role: name, usedAt: null } });
  await ctx.db.customRole.delete({ where: { name } });
  ctx.note.target = name;
  ctx.note.before = { description: role.description, permissions: role.permissions };
  return role;
});

async function useOf(db: Db, role: string, now: Date): Promise<string | undefined> {
  const users = await db.user.findMany({ where: { role }, select: { email: true }, orderBy: { email: "asc" } });
  const invited = await db.invitation.findMany({
    where: { role, ...openInvitation(now) },
    select: { email: true },
    orderBy: { email: "asc" },
  });
  return [holders(users, "user"), holders(invited, "open invitation")].filter(Boolean).join(", ") || undefined;
}

function holders(list: { email: string }[], noun: string): string {
  if (list.length === 0) return "";
  const names = list.slice(0, namedHolders).map(({ email }) => email);
  const more = list.length > namedHolders ? ", …" : "";
  return `${list.length} ${noun}${list.length > 1 ? "s" : ""} (${names.join(", ")}${more})`;
}
