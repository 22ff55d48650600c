import { operation } from "@/lib/gate/operation";
import { showPasswordLinkContract } from "./contract-invitations";
import { findPasswordLink, linkState } from "./password-links";

export const showPasswordLink = operation(showPasswordLinkContract, async (ctx, { token }) => {
  const link = await findPasswordLink(ctx.db, token);
  const state = linkState(link?.user?.deactivatedAt ? null : link, ctx.now());
  return { state, email: state === "ok" ? (link?.user?.email ?? null) : null };
});
