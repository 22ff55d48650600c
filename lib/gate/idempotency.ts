import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { derivedKey, sha256 } from "@/lib/platform/crypto";
import { actorId, actorName, type Ctx } from "./context";

/**
 * The answer that the same request got before, if it carried the same Idempotency-Key; the reply then says so.
 * Requests with one key wait for each other, so that a double click acts once. What failed was not kept: it may be tried
 * again. An answer with a secret is given once, so the second request is told that it was done.
 */
export async function priorAnswer(ctx: Ctx, contract: Contract, input: unknown): Promise<unknown> {
  const key = keyOf(ctx, contract);
  if (!key) return undefined;
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${key.actor}\n${key.key}`}, 0))`;
  const kept = await ctx.db.idempotencyKey.findUnique({ where: { actor_key: key } });
  if (!kept) return undefined;
  if (kept.operation !== contract.id || kept.inputHash !== hash(ctx, input)) {
    throw new AppError("conflict", "This Idempotency-Key was used for another request. Use a new one.");
  }
  if (contract.secretAnswer) throw answeredOnce();
  ctx.reply.headers = { ...ctx.reply.headers, "idempotency-replayed": "true" };
  return kept.output;
}

function answeredOnce(): AppError {
  const what = "This request was carried out before, and its answer held a secret that is shown once.";
  return new AppError(
    "conflict",
    `${what} If it was lost, take back what was made and make it anew with another key.`,
    {
      reason: "answered_once",
    },
  );
}

/** Keeps an answer for the next request with the same key; of one that holds a secret only that it was given. */
export async function keepAnswer(ctx: Ctx, contract: Contract, input: unknown, output: unknown): Promise<void> {
  const key = keyOf(ctx, contract);
  if (!key) return;
  const answer = contract.secretAnswer ? {} : JSON.parse(JSON.stringify(output));
  await ctx.db.idempotencyKey.create({
    data: { ...key, operation: contract.id, inputHash: hash(ctx, input), output: answer, createdAt: ctx.now() },
  });
}

/**
 * Only what a permission guards is kept. A PUT or DELETE whose answer holds a secret is not: it is made to be sent again.
 */
function keyOf(
  { actor, idempotencyKey: key }: Ctx,
  { access, secretAnswer, method }: Contract,
): { actor: string; key: string } | undefined {
  if (!key || !access.includes(":") || (secretAnswer && method !== "POST")) return undefined;
  return { actor: `${actor.kind}:${actorId(actor) ?? actorName(actor)}`, key };
}

// Keyed, since an input may hold a password, whose plain hash could be guessed.
// With the actor's rights: whoever has others by now is not shown what they were answered before.
function hash({ actor }: Ctx, input: unknown): string {
  const rights = actor.kind === "user" || actor.kind === "key" ? [actor.permissions, actor.scope] : [];
  return sha256(derivedKey("idempotency") + JSON.stringify([input, rights]));
}
