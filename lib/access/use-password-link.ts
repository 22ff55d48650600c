import { hashPassword } from "@/lib/accounts/password";
import { endSessions } from "@/lib/accounts/sessions";
import { refuseWeakPassword } from "@/lib/accounts/weak-password";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { usePasswordLinkContract } from "./contract-invitations";
import { endPasswordLinks, findPasswordLink, linkState, linkWords } from "./password-links";

export const usePasswordLink = operation(usePasswordLinkContract, async (ctx, { token, password }) => {
  const link = await findPasswordLink(ctx.db, token);
  const state = linkState(link, ctx.now());
  if (state !== "ok" || !link?.user) throw unusable(state === "ok" ? "unknown" : state);
  const { user } = link;
  if (user.deactivatedAt) throw new AppError("forbidden", "This account is deactivated.");
  await refuseWeakPassword(password, user);
  const passwordHash = await hashPassword(password);
  const { count } = await ctx.db.oneTimeLink.updateMany({
    where: { tokenHash: link.tokenHash, usedAt: null },
    data: { usedAt: ctx.now() },
  });
  if (count !== 1) throw unusable("used");
  await ctx.db.user.update({ where: { id: user.id }, data: { passwordHash, passwordChangedAt: ctx.now() } });
  await endPasswordLinks(ctx.db, user.id);
  const ended = await endSessions(ctx.db, { userId: user.id });
  Object.assign(ctx.note, { target: user.id, after: { email: user.email, endedSessions: ended } });
  return { email: user.email };
});

function unusable(state: "used" | "expired" | "unknown"): AppError {
  return new AppError("not_found", linkWords(state, "This link"));
}
