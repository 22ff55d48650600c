import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { showSessionContract } from "./contract";

export const showSession = operation(showSessionContract, async (ctx) => {
  if (ctx.actor.kind !== "user") throw new AppError("unauthenticated", "Sign in first.");
  return { ...ctx.actor, permissions: [...ctx.actor.permissions] };
});
