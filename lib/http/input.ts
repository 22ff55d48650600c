import { z } from "zod";
import { takesFields } from "@/lib/gate/fields";
import { type Contract, maxBody } from "@/lib/kernel/contract";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";

/** Up to here a body too large is still let go by, since a sender reads its answer only when all is sent. */
const patience = 8 * maxBody;

type Given = Record<string, unknown>;

/**
 * Gathers an operation's raw input from the path, and the query (GET, DELETE) or the JSON body. A name that the
 * operation does not know is refused: a filter or field that is mistyped must not be left out in silence.
 */
export async function readInput(contract: Contract, request: Request, params: Record<string, string>): Promise<Given> {
  const inQuery = contract.method === "GET" || contract.method === "DELETE";
  const query = new URL(request.url).searchParams;
  const names = namesOf(contract);
  if (!inQuery) {
    refuseWhere(query.keys(), () => "Send it in the JSON body.");
    return { ...known(names, await bodyInput(request)), ...params };
  }
  if (Number(request.headers.get("content-length") ?? 0) > 0) {
    throw new AppError(
      "invalid",
      `Nothing was done: a ${contract.method} is told what to do by its address, not by a body.`,
    );
  }
  const beside = takesFields(contract) ? ["fields"] : [];
  return { ...known(names, queryInput(contract, query), beside), ...params };
}

/** The names of the input's fields that are not in the path. */
function namesOf({ input, path }: Contract): readonly string[] {
  const shape = input instanceof z.ZodObject ? input.shape : {};
  return Object.keys(shape).filter((name) => !path.includes(`{${name}}`));
}

/** Throws for what is not known; `beside` is known too, and read elsewhere. */
function known(names: readonly string[], given: Given, beside: readonly string[] = []): Given {
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  const there = [...names, ...beside];
  refuseWhere(unknown, () =>
    there.length > 0 ? `This is not known here. There is: ${there.join(", ")}.` : "Nothing is taken here.",
  );
  return given;
}

const mostTold = 20;

function refuseWhere(names: Iterable<string>, words: () => string): void {
  const fields: FieldErrors = {};
  for (const name of [...new Set(names)].slice(0, mostTold)) fields[name.slice(0, 100)] = words();
  if (Object.keys(fields).length > 0) throw new AppError("invalid", "Some fields need another look.", { fields });
}

function queryInput(contract: Contract, query: URLSearchParams): Given {
  const shape = contract.input instanceof z.ZodObject ? contract.input.shape : {};
  const names = [...new Set(query.keys())].filter((name) => name !== "fields" || !takesFields(contract));
  const twice = names.filter((name) => query.getAll(name).length > 1 && name in shape && !isList(shape[name]));
  refuseWhere(twice, () => "This is given more than once.");
  return Object.fromEntries(
    names.map((name) => [name, isList(shape[name]) ? query.getAll(name) : (query.get(name) ?? "")]),
  );
}

function isList(schema: z.core.$ZodType | undefined): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return isList(schema.unwrap());
  return schema instanceof z.ZodArray;
}

async function bodyInput(request: Request): Promise<Given> {
  const bytes = await limitedBody(request);
  if (bytes.byteLength === 0) return {};
  checkForm(request.headers);
  const parsed = parse(bytes);
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  throw new AppError("invalid", "The body must be a JSON object.");
}

function checkForm(headers: Headers): void {
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") throw new AppError("unsupported_media", "Send the body as it is, not compressed.");
  const type = headers.get("content-type") ?? "";
  if (/^application\/([\w.-]+\+)?json *(; *charset="?utf-8"?)? *$/i.test(type)) return;
  throw new AppError(
    "unsupported_media",
    "Send the body as JSON in UTF-8, and Content-Type: application/json with it.",
  );
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    // V8 quotes the text around the place, which may hold a password: only where it is is told.
    const at = cause instanceof SyntaxError ? /at position (\d+)/.exec(cause.message)?.[1] : undefined;
    const place = at === undefined ? "" : ` Look at its character ${Number(at) + 1}.`;
    throw new AppError(
      "invalid",
      cause instanceof TypeError ? "The body is not UTF-8." : `The body is not JSON.${place}`,
    );
  }
}

/** A body's bytes. Throws `too_large` beyond the limit, of which no more is kept. */
export async function limitedBody(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size <= maxBody) chunks.push(chunk);
    if (size > patience) break;
  }
  if (size > maxBody) throw new AppError("too_large", "The body is larger than 1 MB, the limit.");
  return Buffer.concat(chunks);
}
