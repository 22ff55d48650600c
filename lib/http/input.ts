import { z } from "zod";
import { type Contract, maxBody } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";

/** Up to here a body too large is still let go by, since a sender reads its answer only when all is sent. */
const patience = 8 * maxBody;

/** Gathers an operation's raw input from the path, and the query (GET, DELETE) or the JSON body. */
export async function readInput(
  contract: Contract,
  request: Request,
  params: Record<string, string>,
): Promise<Record<string, unknown>> {
  const inQuery = contract.method === "GET" || contract.method === "DELETE";
  const given = inQuery ? queryInput(contract, new URL(request.url).searchParams) : await bodyInput(request);
  return { ...given, ...params };
}

function queryInput(contract: Contract, query: URLSearchParams): Record<string, unknown> {
  const shape = contract.input instanceof z.ZodObject ? contract.input.shape : {};
  return Object.fromEntries(
    [...new Set(query.keys())].map((key) => [key, isList(shape[key]) ? query.getAll(key) : (query.get(key) ?? "")]),
  );
}

function isList(schema: z.core.$ZodType | undefined): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return isList(schema.unwrap());
  return schema instanceof z.ZodArray;
}

async function bodyInput(request: Request): Promise<Record<string, unknown>> {
  const text = await limitedText(request);
  if (text === "") return {};
  const parsed = parse(text);
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  throw new AppError("invalid", "The body must be a JSON object.");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid", "The body is not JSON.", { cause });
  }
}

async function limitedText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size <= maxBody) chunks.push(chunk);
    if (size > patience) break;
  }
  if (size > maxBody) throw new AppError("too_large", "The body is larger than 1 MB, the limit.");
  return Buffer.concat(chunks).toString("utf8");
}
