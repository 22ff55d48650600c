import type { z } from "zod";
import type { Contract } from "@/lib/kernel/contract";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";
import { roleAllows } from "@/lib/kernel/permissions";
import { controlDb } from "@/lib/platform/prisma";
import { recordAudit } from "./audit";
import type { Actor, Ctx } from "./context";
import { keepAnswer, priorAnswer } from "./idempotency";

/** One ability of the system: its contract and what it does. */
export type Operation<C extends Contract = Contract> = {
  contract: C;
  run: (ctx: Ctx, input: z.output<C["input"]>) => Promise<z.input<C["output"]>>;
};

/** Declares an operation; `run` gets parsed input and, unless the method is GET, a transaction as `ctx.db`. */
export function operation<C extends Contract>(contract: C, run: Operation<C>["run"]): Operation<C> {
  return { contract, run };
}

/** An operation whose exact types do not matter to the caller, as the catalog holds them. */
export type AnyOperation = { contract: Contract; run: (ctx: Ctx, input: never) => Promise<unknown> };

/**
 * The one way in: parse input, check permission, open a transaction if it writes, run, audit in that
 * transaction, parse output.
 */
export async function perform<C extends Contract>(
  op: Operation<C>,
  ctx: Ctx,
  raw: unknown,
): Promise<z.output<C["output"]>> {
  await authorise(op, ctx);
  const input = parseInput(op.contract, raw);
  if (op.contract.method === "GET") return op.contract.output.parse(await op.run(ctx, input)) as z.output<C["output"]>;
  return await controlDb().$transaction(
    async (db) => {
      const inside: Ctx = { ...ctx, db };
      const before = await priorAnswer(inside, op.contract, input);
      if (before !== undefined) return op.contract.output.parse(before) as z.output<C["output"]>;
      const output = op.contract.output.parse(await op.run(inside, input)) as z.output<C["output"]>;
      await recordAudit(inside, { operation: op.contract.id, outcome: "done", input, output });
      await keepAnswer(inside, op.contract, input, output);
      return output;
    },
    { maxWait: 5000, timeout: 30_000 },
  );
}

async function authorise(op: { contract: Contract }, ctx: Ctx): Promise<void> {
  const refusal = refuse(op.contract, ctx.actor);
  if (!refusal) return;
  if (refusal.code === "forbidden") {
    await recordAudit(ctx, { operation: op.contract.id, outcome: "refused", input: {}, output: undefined });
  }
  throw refusal;
}

/** Why an actor may not call an operation; undefined when it may. */
export function refuse({ access, summary }: Contract, actor: Actor): AppError | undefined {
  if (access === "public" || actor.kind === "system") return undefined;
  if (actor.kind === "nobody") return new AppError("unauthenticated", "Sign in first.");
  if (access === "first-factor") return undefined;
  if (!actor.secondFactor) {
    return new AppError("unauthenticated", "Set up your authenticator app first.", { reason: "enrolment_required" });
  }
  if (access === "session" || roleAllows(actor.role, access)) return undefined;
  return new AppError(
    "forbidden",
    `Your role (${actor.role}) does not include ${access}, which this needs: ${summary}`,
  );
}

function parseInput<C extends Contract>(contract: C, raw: unknown): z.output<C["input"]> {
  const broken = unstorable(raw);
  if (broken) throw new AppError("invalid", "Some fields need another look.", { fields: broken });
  const result = contract.input.safeParse(raw);
  if (result.success) return result.data as z.output<C["input"]>;
  throw new AppError("invalid", "Some fields need another look.", { fields: fieldErrors(result.error) });
}

/** Texts that PostgreSQL can't hold: with a NUL, or with half of a surrogate pair. */
function unstorable(raw: unknown): FieldErrors | undefined {
  if (typeof raw !== "object" || raw === null) return undefined;
  const bad = Object.entries(raw).find(([, value]) =>
    [value].flat().some((one) => typeof one === "string" && /[\0\p{Cs}]/u.test(one)),
  );
  return bad && { [bad[0]]: "Remove characters that are not text." };
}

/** The first message for each field that a schema refused. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of error.issues) fields[issue.path.join(".") || "input"] ??= issue.message;
  return fields;
}
