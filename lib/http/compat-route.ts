import { NextRequest } from "next/server";
import { compatOperations } from "@/lib/compat/api/endpoints";
import { compatPath } from "@/lib/compat/contract-endpoint";
import type { AnyOperation } from "@/lib/gate/operation";
import { systemClock } from "@/lib/kernel/clock";
import type { Method } from "@/lib/kernel/contract";
import { AppError, problems } from "@/lib/kernel/errors";
import { presentedKey } from "@/lib/keys/authenticate";
import { limitedBody } from "./input";
import { type Handler, type Handlers, methods } from "./methods";
import { unexpected } from "./problem";
import { answer, route } from "./route";

/** The handlers of all of artflow's addresses: which operation answers is found by its contract's path. */
export function compatRoutes(): Record<keyof Handlers, AnyAddress> {
  const handlers = methods({ GET: dispatch, POST: dispatch, PUT: dispatch, PATCH: dispatch, DELETE: dispatch });
  const entries = Object.entries(handlers).map(([method, handle]): [string, AnyAddress] => [
    method,
    async (request) => await handle(request, { params: Promise.resolve({}) }),
  ]);
  return Object.fromEntries(entries) as Record<keyof Handlers, AnyAddress>;
}

/** A handler that reads the address itself. */
type AnyAddress = (request: NextRequest) => Promise<Response>;

const dispatch: Handler = async (request) => {
  const { pathname } = request.nextUrl;
  const found = compatOperations.flatMap((op) => {
    const params = paramsOf(op.contract.path, pathname);
    return params ? [{ op, params, method: op.contract.method }] : [];
  });
  // A word of its own goes before a parameter: tenants/create is no tenant.
  const one = found
    .filter(({ method }) => method === request.method)
    .sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
  if (!one)
    return await nothingThere(
      request,
      found.map(({ method }) => method),
    );
  return await perform(request, one.op, one.params);
};

async function perform(request: NextRequest, op: AnyOperation, params: Record<string, string>): Promise<Response> {
  try {
    const asked = await withKeyOfBody(request);
    const handler = route({ [op.contract.method]: op }, compatFailure)[op.contract.method];
    return await handler(asked, { params: Promise.resolve(params) });
  } catch (error) {
    return await answer(request, () => Promise.reject(error), compatFailure);
  }
}

/** A path's parameters, where an address is one of it. */
function paramsOf(path: string, pathname: string): Record<string, string> | undefined {
  const [wanted, given] = [path.split("/"), pathname.replace(/\/$/, "").split("/")];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name) params[name] = decoded(given[index] ?? "");
    else if (part !== given[index]) return undefined;
  }
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function nothingThere(request: NextRequest, allowed: Method[]): Promise<Response> {
  return await answer(
    request,
    async (ctx) => {
      if (allowed.length === 0) {
        throw new AppError(
          "not_found",
          `There is no such address under ${compatPath}. docs/compatibility.md lists all.`,
        );
      }
      ctx.reply.headers = { ...ctx.reply.headers, allow: allowed.join(", ") };
      throw new AppError("method_not_allowed", `This address answers ${allowed.join(", ")}.`);
    },
    compatFailure,
  );
}

/**
 * artflow also takes a key as `api_key` in the body: it is moved into the header, before anything else sees the body.
 * One in the address is not taken, since addresses are written into logs.
 */
async function withKeyOfBody(request: NextRequest): Promise<NextRequest> {
  const sendsBody = request.method === "POST" || request.method === "PUT";
  if (!sendsBody || presentedKey((name) => request.headers.get(name)) !== undefined) return request;
  const bytes = Buffer.from(await limitedBody(request));
  const { key, rest } = keyIn(bytes.toString("utf8"));
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  if (key !== undefined) headers.set("x-api-key", key);
  const body = rest ?? bytes;
  return new NextRequest(request.url, { method: request.method, headers, body, signal: request.signal });
}

function keyIn(text: string): { key?: string; rest?: string } {
  try {
    const { api_key: key, ...rest } = JSON.parse(text) as Record<string, unknown>;
    // What is no header's text is no key: it is left where it is, and refused there.
    if (typeof key === "string" && /^[\x21-\x7e]{1,500}$/.test(key)) return { key, rest: JSON.stringify(rest) };
  } catch {
    // No JSON: whoever reads it next says so.
  }
  return {};
}

const whereKeysGo =
  "Send the API key in the header X-API-Key, or as api_key in a JSON body. One in the address is not taken: addresses are written into logs.";

/** An error in artflow's envelope. */
export function compatFailure(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : unexpected(error, requestId);
  const { status, title } = problems[known.code];
  const notOffered = known.reason === "not_offered";
  const code = notOffered ? 501 : status;
  const body = {
    ...{ success: false, error: notOffered ? "Not offered" : title, code },
    message: known.code === "unauthenticated" ? `${known.message} ${whereKeysGo}` : known.message,
    ...(known.fields && {
      errors: Object.fromEntries(Object.entries(known.fields).map(([name, one]) => [name, [one]])),
    }),
    ...(known.reason && { reason: known.reason }),
    ...(known.confirm && { confirm: known.confirm }),
    ...(known.retryAfter !== undefined && { retry_after: known.retryAfter }),
    ...{ request_id: requestId, timestamp: systemClock().toISOString() },
  };
  const headers = new Headers({ "content-type": "application/json", "cache-control": "no-store" });
  if (known.retryAfter !== undefined) headers.set("retry-after", String(known.retryAfter));
  return new Response(JSON.stringify(body), { status: code, headers });
}
