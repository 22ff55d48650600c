import { operation } from "@/lib/gate/operation";
import { sha256 } from "@/lib/platform/crypto";
import { showSetUpContract } from "./contract";
import { setUpPurpose } from "./set-up-link";

export const showSetUp = operation(showSetUpContract, async (ctx, { token }) => {
  const link = await ctx.db.oneTimeLink.findFirst({ where: { tokenHash: sha256(token), purpose: setUpPurpose } });
  if (!link) return { usable: false, reason: "unknown" as const };
  if (link.usedAt) return { usable: false, reason: "used" as const };
  return link.expiresAt > ctx.now()
    ? { usable: true, reason: "ok" as const }
    : { usable: false, reason: "expired" as const };
});
