import type { Ctx, UserActor } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";

/** The person who asks; throws `unauthenticated` for everybody else. */
export function personOf(ctx: Ctx): UserActor {
  if (ctx.actor.kind !== "user") throw signInFirst();
  return ctx.actor;
}

/** The refusal of whoever has no session. */
export function signInFirst(): AppError {
  return new AppError("unauthenticated", "Sign in first.");
}
