import type { z } from "zod";
import type { Contract } from "@/lib/kernel/contract";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";
import { controlDb } from "@/lib/platform/prisma";
import { refuse } from "./access";
import { recordAudit } from "./audit";
import type { Ctx } from "./context";
import { keepAnswer, priorAnswer } from "./idempotency";
import { checkedBy } from "./lasting";
import { recordRefusal } from "./refusals";
import { digestOf, requireStepUp } from "./step-up";
import { type Performed, performed } from "./told";

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
 * The one way in: permission, parse input, a transaction if it writes, the answer an Idempotency-Key got before,
 * step-up if it takes one, run, audit in that transaction, parse output. What was refused is audited too.
 */
export async function perform<C extends Contract>(
  op: Operation<C>,
  ctx: Ctx,
  raw: unknown,
): Promise<z.output<C["output"]>> {
  const own: Ctx = { ...ctx, note: {} };
  try {
    const refusal = refuse(op.contract, ctx.actor);
    if (refusal) throw refusal;
    const input = parseInput(op.contract, raw);
    if (op.contract.method === "GET") return parsed(op, await op.run(own, input));
    return await controlDb().$transaction((db) => write(op, { ...own, db }, input), { maxWait: 5000, timeout: 30_000 });
  } catch (error) {
    await recordRefusal(own, op.contract.id, raw, error);
    throw error;
  }
}

async function write<C extends Contract>(
  op: Operation<C>,
  ctx: Ctx,
  input: z.output<C["input"]>,
): Promise<z.output<C["output"]>> {
  const { contract } = op;
  const before = await priorAnswer(ctx, contract, input);
  if (before !== undefined) return parsed(op, before);
  if (asksAgain(contract, ctx)) await requireStepUp(ctx, digestOf(contract.id, input));
  const output = parsed(op, await op.run(ctx, input));
  if (contract.guarded && ctx.condition && !ctx.condition.checked) throw new Error(`${contract.id} ignores If-Match`);
  await recordAudit(ctx, { operation: contract.id, outcome: "done", input, output });
  await keepAnswer(ctx, contract, input, output);
  return output;
}

function asksAgain({ stepUp }: Contract, { actor }: Ctx): boolean {
  return stepUp === true || (stepUp === "people" && actor.kind !== "key");
}

function parsed<C extends Contract>(op: Operation<C>, raw: unknown): z.output<C["output"]> {
  const output = checkedBy(op.contract.output, raw) as z.output<C["output"]>;
  if (performed.hasSubscribers) performed.publish({ contract: op.contract, output } satisfies Performed);
  return output;
}

function parseInput<C extends Contract>(contract: C, raw: unknown): z.output<C["input"]> {
  const broken = unstorable(raw);
  if (broken) throw new AppError("invalid", "Some fields need another look.", { fields: broken });
  const result = contract.input.safeParse(raw, { error: inWords });
  if (result.success) return result.data as z.output<C["input"]>;
  throw new AppError("invalid", "Some fields need another look.", { fields: fieldErrors(result.error) });
}

const deepest = 20;

/** What can't be kept, at any depth: texts with a NUL or half of a surrogate pair, and what is nested without end. */
function unstorable(raw: unknown): FieldErrors | undefined {
  if (typeof raw !== "object" || raw === null) return undefined;
  for (const [name, value] of Object.entries(raw)) {
    const broken = wrongIn(value, deepest);
    if (broken) return { [name]: broken };
  }
  return undefined;
}

function wrongIn(value: unknown, levels: number): string | undefined {
  if (typeof value === "string") return /[\0\p{Cs}]/u.test(value) ? "Remove characters that are not text." : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  if (levels === 0) return "This is nested too deeply.";
  for (const [key, member] of Object.entries(value)) {
    const broken = wrongIn(key, levels) ?? wrongIn(member, levels - 1);
    if (broken) return broken;
  }
  return undefined;
}

/** What is wrong with a value of another type, where the field's own schema has no words for it. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type")
    return issue.input === undefined ? "This is needed." : `This must be ${article(issue.expected)}.`;
  if (issue.code === "invalid_value") return `This must be one of: ${issue.values.map(String).join(", ")}.`;
  if (issue.code === "invalid_format") return formats[issue.format];
  if (issue.code === "too_small") return bound(issue.origin, `${issue.minimum}`, "more");
  if (issue.code === "too_big") return bound(issue.origin, `${issue.maximum}`, "less");
  return undefined;
}

function bound(of: string, limit: string, side: "more" | "less"): string | undefined {
  const at = side === "more" ? "at least" : "at most";
  if (of === "string") return `Use ${at} ${limit} ${limit === "1" ? "character" : "characters"}.`;
  if (of === "array") return `Choose ${at} ${limit}.`;
  return of === "number" || of === "int" ? `This must be ${limit} or ${side}.` : undefined;
}

const formats: Record<string, string> = {
  datetime: "Write a time with its zone, such as 2026-01-31T12:00:00Z.",
  uuid: "This is not an id.",
};

const article = (type: string): string =>
  type === "int" ? "a whole number" : `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;

/** The first message for each field that a schema refused. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of error.issues) fields[issue.path.join(".") || "input"] ??= issue.message;
  return fields;
}
