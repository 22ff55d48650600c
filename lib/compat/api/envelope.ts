import { z } from "zod";
import { refuse } from "@/lib/gate/access";
import type { Ctx } from "@/lib/gate/context";
import { type AnyOperation, fieldErrors, type Operation, operation } from "@/lib/gate/operation";
import type { Contract } from "@/lib/kernel/contract";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";

/** Where artflow's paths begin here: what stood behind its origin stands behind this. */
export const compatPath = "/api/tenancy/compat";

const time = z.iso.datetime();

/** What every answer has around its data. */
const envelope = <Data extends z.ZodType>(data: Data) =>
  z.object({
    success: z.literal(true),
    message: z.string().optional(),
    data,
    meta: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    timestamp: time,
  });

type Shape<Input extends z.ZodType, Data extends z.ZodType> = Omit<
  Contract<Input>,
  "id" | "path" | "output" | "state"
> & {
  id: string;
  path: `/${string}`;
  data: Data;
};

type Answer<Data> = { data: Data; message?: string; meta?: Record<string, string | number | boolean> };

/** One of artflow's endpoints: its contract, and what it answers inside the envelope. */
export function endpoint<Input extends z.ZodType, Data extends z.ZodType>(
  { id, path, data, ...rest }: Shape<Input, Data>,
  run: (ctx: Ctx, input: z.output<Input>) => Promise<Answer<z.input<Data>>>,
): AnyOperation {
  const contract: Contract = { ...rest, id: `compat.${id}`, path: `${compatPath}${path}`, output: envelope(data) };
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

/** A tenant's id in a path. */
export const tenantId = { id: z.uuid("This is not a tenant's id.") };
