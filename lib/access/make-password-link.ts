import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { env } from "@/lib/platform/env";
import { makePasswordLinkContract } from "./contract";
import { lockAccess, subjectOf } from "./holder";
import { endPasswordLinks, passwordLinkMs, passwordPurpose } from "./password-links";
import { checkReach } from "./rules";
import { findUser } from "./user-row";

export const makePasswordLink = operation(makePasswordLinkContract, async (ctx, { id }) => {
  const holder = await lockAccess(ctx);
  const user = await findUser(ctx.db, id);
  checkReach(holder, await subjectOf(ctx.db, user));
  if (user.deactivatedAt) throw new AppError("conflict", "This user is deactivated. Let them in again first.");
  const token = randomToken();
  const expiresAt = new Date(ctx.now().getTime() + passwordLinkMs);
  await endPasswordLinks(ctx.db, id);
  await ctx.db.oneTimeLink.create({
    data: { tokenHash: sha256(token), purpose: passwordPurpose, userId: id, expiresAt, createdAt: ctx.now() },
  });
  ctx.note.target = id;
  ctx.note.after = { email: user.email, expiresAt };
  return { link: `${env().TENANTRY_URL}/new-password/${token}`, expiresAt: expiresAt.toISOString() };
});
