import type { z } from "zod";
import { refuse } from "@/lib/gate/access";
import type { Ctx } from "@/lib/gate/context";
import { type AnyOperation, fieldErrors, type Operation, operation } from "@/lib/gate/operation";
import type { Contract } from "@/lib/kernel/contract";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";
import type { Endpoint } from "../contract-endpoint";

type Answer<Data> = { data: Data; message?: string; meta?: Record<string, string | number | boolean> };

/** What one of artflow's endpoints does: it answers inside the envelope. */
export function endpoint<Input extends z.ZodType, Data extends z.ZodType>(
  { contract }: Endpoint<Input, Data>,
  run: (ctx: Ctx, input: z.output<Input>) => Promise<Answer<z.input<Data>>>,
): AnyOperation {
  return operation(contract, async (ctx, input) => ({
    success: true as const,
    ...(await run(ctx, input as z.output<Input>)),
    timestamp: ctx.now().toISOString(),
  }));
}

/**
 * Does what one of our own operations does, as a part of this one: with its rights and its checks, in this transaction.
 * `names`: what its fields are called in artflow's input, for what is told of them.
 */
export async function inside<C extends Contract>(
  ctx: Ctx,
  op: Operation<C>,
  raw: z.input<C["input"]>,
  names: Record<string, string> = {},
): Promise<z.input<C["output"]>> {
  const refusal = refuse(op.contract, ctx.actor);
  if (refusal) throw refusal;
  const read = op.contract.input.safeParse(raw);
  if (!read.success) throw invalid(renamed(fieldErrors(read.error), names));
  try {
    return await op.run(ctx, read.data as z.output<C["input"]>);
  } catch (error) {
    if (!(error instanceof AppError) || !error.fields || error.cause !== undefined) throw error;
    const { code, message, fields } = error;
    throw new AppError(code, message, { fields: renamed(fields, names), ...(error.audited && { audited: true }) });
  }
}

function renamed(fields: FieldErrors, names: Record<string, string>): FieldErrors {
  return Object.fromEntries(Object.entries(fields).map(([name, words]) => [names[name] ?? name, words]));
}

/** What is wrong with the input, by field. */
export function invalid(fields: FieldErrors): AppError {
  return new AppError("invalid", "Some fields need another look.", { fields });
}

/** Why artflow's endpoint does nothing here; its door answers 501. */
export function notOffered(words: string): AppError {
  return new AppError("invalid", words, { reason: "not_offered" });
}
