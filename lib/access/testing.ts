import type { z } from "zod";
import { actorOfSession } from "@/lib/accounts/sessions";
import type { Ctx } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { everything, type Scope } from "@/lib/kernel/scope";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { controlDb } from "@/lib/platform/prisma";

export type Person = { id: string; email: string; token: string; ctx: () => Promise<Ctx> };

/** A user with a session, as the database has them; enrolled unless told. */
export async function person(
  name: string,
  role: string,
  more: { scope?: Scope; enrolled?: boolean } = {},
): Promise<Person> {
  const { scope = everything, enrolled = true } = more;
  const now = new Date();
  const id = newId(now);
  const email = `${name}@example.com`;
  const totpConfirmedAt = enrolled ? now : null;
  await controlDb().user.create({ data: { id, email, name, role, scope, passwordHash: "none", totpConfirmedAt } });
  const token = randomToken();
  const session = { id: newId(now), userId: id, tokenHash: sha256(token), secondFactorAt: totpConfirmedAt };
  await controlDb().session.create({ data: { ...session, expiresAt: new Date(now.getTime() + 3_600_000) } });
  return { id, email, token, ctx: async () => as("nobody", { actor: await actorOfSession(token, new Date()) }) };
}

/** Performs an operation and confirms it with the second factor when that is asked for. */
export async function does<C extends Contract>(
  who: Person | Ctx,
  op: Operation<C>,
  input: z.input<C["input"]>,
): Promise<z.output<C["output"]>> {
  const ctx = "token" in who ? await who.ctx() : who;
  try {
    return await perform(op, ctx, input);
  } catch (error) {
    if (!(error instanceof AppError) || error.confirm === undefined || ctx.actor.kind !== "user") throw error;
    const { id: userId, sessionId } = ctx.actor;
    const expiresAt = new Date(Date.now() + 60_000);
    await controlDb().stepUp.create({
      data: { id: newId(new Date()), userId, sessionId, digest: error.confirm, expiresAt },
    });
    return await perform(op, ctx, input);
  }
}
