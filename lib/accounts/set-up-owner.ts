import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { sha256 } from "@/lib/platform/crypto";
import { setUpOwnerContract } from "./contract";
import { hashPassword } from "./password";
import { setUpPurpose } from "./set-up-link";
import { refuseWeakPassword } from "./weak-password";

export const setUpOwner = operation(setUpOwnerContract, async (ctx, { token, name, email, password }) => {
  const { count } = await ctx.db.oneTimeLink.updateMany({
    where: { tokenHash: sha256(token), purpose: setUpPurpose, usedAt: null, expiresAt: { gt: ctx.now() } },
    data: { usedAt: ctx.now() },
  });
  if (count !== 1 || (await ctx.db.user.count()) > 0) {
    throw new AppError(
      "not_found",
      "This set-up link can't be used any more. Restart Tenantry for a new one, or sign in.",
    );
  }
  await refuseWeakPassword(password, { email, name });
  const passwordHash = await hashPassword(password);
  return await ctx.db.user.create({
    data: { id: newId(ctx.now()), name, email, role: "owner", passwordHash, createdAt: ctx.now() },
  });
});
