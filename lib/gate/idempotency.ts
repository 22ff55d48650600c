import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { derivedKey, sha256 } from "@/lib/platform/crypto";
import { actorId, actorName, type Ctx } from "./context";

/**
 * The answer that the same request got before, if it carried the same Idempotency-Key.
 * Requests with one key wait for each other, so that a double click acts once.
 */
export async function priorAnswer(ctx: Ctx, contract: Contract, input: unknown): Promise<unknown> {
  const key = keyOf(ctx, contract);
  if (!key) return undefined;
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${key.actor}\n${key.key}`}, 0))`;
  const kept = await ctx.db.idempotencyKey.findUnique({ where: { actor_key: key } });
  if (!kept) return undefined;
  if (kept.operation === contract.id && kept.inputHash === hash(ctx, input)) return kept.output;
  throw new AppError("conflict", "This Idempotency-Key was used for another request. Use a new one.");
}

/** Keeps an answer for the next request with the same key. */
export async function keepAnswer(ctx: Ctx, contract: Contract, input: unknown, output: unknown): Promise<void> {
  const key = keyOf(ctx, contract);
  if (!key) return;
  const answer = JSON.parse(JSON.stringify(output));
  await ctx.db.idempotencyKey.create({
    data: { ...key, operation: contract.id, inputHash: hash(ctx, input), output: answer, createdAt: ctx.now() },
  });
}

/** Only what a permission guards is kept, and no answer that holds a secret. */
function keyOf(ctx: Ctx, { access, secretAnswer }: Contract): { actor: string; key: string } | undefined {
  if (!access.includes(":") || secretAnswer) return undefined;
  if (!ctx.idempotencyKey) return undefined;
  return { actor: `${ctx.actor.kind}:${actorId(ctx.actor) ?? actorName(ctx.actor)}`, key: ctx.idempotencyKey };
}

// Keyed, since an input may hold a password, whose plain hash could be guessed.
// With the actor's rights: whoever has others by now is not shown what they were answered before.
function hash({ actor }: Ctx, input: unknown): string {
  const rights = actor.kind === "user" || actor.kind === "key" ? [actor.permissions, actor.scope] : [];
  return sha256(derivedKey("idempotency") + JSON.stringify([input, rights]));
}
