import { z } from "zod";
import type { Contract } from "@/lib/kernel/contract";

/** Where artflow's paths begin here: what stood behind its origin stands behind this. */
export const compatPath = "/api/tenancy/compat";

export const time = z.iso.datetime();

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

/** One of artflow's endpoints as it is declared: its contract, with what goes in and what stands inside the envelope. */
export type Endpoint<Input extends z.ZodType = z.ZodType, Data extends z.ZodType = z.ZodType> = {
  contract: Contract;
  input: Input;
  data: Data;
};

/** Declares one of artflow's endpoints. */
export function declared<Input extends z.ZodType, Data extends z.ZodType>({
  id,
  path,
  data,
  ...rest
}: Shape<Input, Data>): Endpoint<Input, Data> {
  const contract: Contract = { ...rest, id: `compat.${id}`, path: `${compatPath}${path}`, output: envelope(data) };
  return { contract, input: rest.input, data };
}

/** A tenant's id in a path. */
export const tenantId = { id: z.uuid("This is not a tenant's id.") };
