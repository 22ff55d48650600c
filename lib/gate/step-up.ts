import { canonicalJson } from "@/lib/kernel/canonical";
import { AppError } from "@/lib/kernel/errors";
import { derivedKey, sha256 } from "@/lib/platform/crypto";
import type { Ctx } from "./context";

/** Milliseconds for which a proof counts. */
export const stepUpMs = 5 * 60_000;

/** What a confirmation is bound to: this operation with this very input. Keyed, since an input may hold a password. */
export function digestOf(operation: string, input: unknown): string {
  return sha256(derivedKey("step-up") + canonicalJson({ operation, input }));
}

/**
 * Passes when the actor has proven the second factor for this digest, in this session, in the last five minutes,
 * and uses that proof up. Otherwise throws `forbidden` with the reason "step_up_required" and the digest to prove.
 */
export async function requireStepUp(ctx: Ctx, digest: string): Promise<void> {
  if (ctx.actor.kind === "system") return;
  if (ctx.actor.kind !== "user") throw new AppError("forbidden", "A person has to confirm this in the console.");
  const { count } = await ctx.db.stepUp.updateMany({
    where: { sessionId: ctx.actor.sessionId, userId: ctx.actor.id, digest, usedAt: null, expiresAt: { gt: ctx.now() } },
    data: { usedAt: ctx.now() },
  });
  if (count > 0) return;
  throw new AppError("forbidden", "Confirm this with your second factor.", {
    reason: "step_up_required",
    confirm: digest,
    ...((await misused(ctx, ctx.actor.sessionId, digest)) && { audited: true }),
  });
}

/** Whether there is a proof that would fit but for its digest, or for having been used: somebody tries it again. */
async function misused(ctx: Ctx, sessionId: string, digest: string): Promise<boolean> {
  const live = { sessionId, expiresAt: { gt: ctx.now() } };
  const spent = { digest, usedAt: { not: null } };
  const elsewhere = { digest: { not: digest }, usedAt: null };
  return (await ctx.db.stepUp.count({ where: { ...live, OR: [spent, elsewhere] } })) > 0;
}
