import type { NextRequest } from "next/server";
import { refuse } from "@/lib/gate/access";
import type { Condition, Ctx, Reply } from "@/lib/gate/context";
import { cutTo, readFields } from "@/lib/gate/fields";
import { jsonOf } from "@/lib/gate/lasting";
import { type AnyOperation, type Operation, perform } from "@/lib/gate/operation";
import { type Answered, answered } from "@/lib/gate/told";
import { systemClock } from "@/lib/kernel/clock";
import type { Contract, Method } from "@/lib/kernel/contract";
import { newId } from "@/lib/kernel/ids";
import { presentedKey } from "@/lib/keys/authenticate";
import { tenantLimit } from "@/lib/keys/rate-limit";
import { maySeeTenant } from "@/lib/tenants/find";
import { checkAccept } from "./accept";
import { etagOf, isKnown, readCondition } from "./conditions";
import { callerContext, countAgainst } from "./context";
import { setSessionCookie } from "./cookie";
import { endOf } from "./deprecation";
import { readInput } from "./input";
import { type Handler, type Handlers, methods } from "./methods";
import { checkOrigin } from "./origin";
import { problem } from "./problem";
import { newest, newInput, oldAnswer, versionOf } from "./versions";

type Given = {
  input: Record<string, unknown>;
  fields?: readonly string[] | undefined;
  condition?: Condition | undefined;
};

/** The handlers of a URL: each translates a request for its operation and the answer back, errors by `tell`. */
export function route(operations: Partial<Record<Method, AnyOperation>>, tell: typeof problem = problem): Handlers {
  const entries = Object.entries<AnyOperation>(operations).map(([method, op]) => [
    method,
    handler(op as Operation, tell),
  ]);
  return methods(Object.fromEntries(entries) as Record<Method, Handler>);
}

function handler(op: Operation, tell: typeof problem): Handler {
  return async (request, { params }) => {
    const { contract } = op;
    const work = async (ctx: Ctx, version: string) => {
      ctx.reply.headers = { ...ctx.reply.headers, ...endOf(contract) };
      const { input, fields, condition } = await readGiven(ctx, contract, request, await params, version);
      const tenant = tenantIn(contract, input);
      if (tenant && (await concerns(ctx, contract, tenant))) await countAgainst(ctx, tenantLimit(tenant));
      const output = await perform(op, { ...ctx, ...(condition && { condition }) }, input);
      const body = jsonOf(cutTo(fields, contract, oldAnswer(version, contract.id, output)));
      const etag = etagOf(contract, output, body);
      const headers = { "content-type": "application/json", ...(etag && { etag }) };
      if (etag && contract.method === "GET" && isKnown(etag, request.headers)) return notModified(headers);
      return new Response(body, { status: contract.status ?? 200, headers });
    };
    return await answer(request, work, tell);
  };
}

/**
 * What a request asks for. Whoever may not ask is told so first and learns nothing of the operation's form: `perform`
 * does it, and gets what can be read, for the audit trail.
 */
export async function readGiven(
  ctx: Ctx,
  contract: Contract,
  request: NextRequest,
  params: Record<string, string>,
  version: string,
): Promise<Given> {
  try {
    const given = await readInput(contract, request, params);
    checkAccept(contract, request.headers);
    return {
      input: newInput(version, contract.id, given),
      fields: readFields(contract, request.nextUrl.searchParams.getAll("fields")),
      condition: readCondition(contract, request.headers),
    };
  } catch (error) {
    if (refuse(contract, ctx.actor)) return { input: params };
    throw error;
  }
}

function notModified({ "content-type": _, ...headers }: Record<string, string>): Response {
  return new Response(null, { status: 304, headers });
}

/**
 * Answers an API request: finds out who asks, does the work, and adds what every answer carries. Never throws: what went
 * wrong is told as problem details, unless the caller has words of its own.
 */
export async function answer(
  request: NextRequest,
  work: (ctx: Ctx, version: string) => Promise<Response>,
  tell: typeof problem = problem,
): Promise<Response> {
  const requestId = newId(systemClock());
  const reply: Reply = {};
  const response = await attempt(request, requestId, reply, work, tell);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.headers.set(name, value);
  response.headers.set("x-request-id", requestId);
  if (!response.headers.has("tenantry-version")) response.headers.set("tenantry-version", newest);
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  if (reply.sessionToken !== undefined) setSessionCookie(response.headers, reply.sessionToken);
  if (answered.hasSubscribers) answered.publish({ request, response } satisfies Answered);
  return response;
}

async function attempt(
  request: NextRequest,
  requestId: string,
  reply: Reply,
  work: (ctx: Ctx, version: string) => Promise<Response>,
  tell: typeof problem,
): Promise<Response> {
  const header = (name: string) => request.headers.get(name);
  const cookie = (name: string) => request.cookies.get(name)?.value;
  try {
    const ctx = await callerContext({ header, cookie, signal: request.signal, requestId, reply });
    // A key is sent on purpose; a cookie also goes along when another site's page asks.
    if (presentedKey(header) === undefined) await checkOrigin(request, ctx);
    const version = versionOf(header("tenantry-version"));
    reply.headers = { ...reply.headers, "tenantry-version": version };
    return await work(ctx, version);
  } catch (error) {
    return tell(error, requestId);
  }
}

/**
 * Programs that may look at a tenant count against its limit together. People don't: whoever has to act on a tenant at
 * night is not held up by what programs ask of it. Nor does who may not see it, whom the count would tell of it.
 */
async function concerns({ actor }: Ctx, contract: Contract, id: string): Promise<boolean> {
  return actor.kind === "key" && !refuse(contract, actor) && (await maySeeTenant(actor, id));
}

/** The tenant that a request concerns, by its path. */
function tenantIn({ path }: Contract, input: Record<string, unknown>): string | undefined {
  const concerned = /^\/api\/tenancy\/(compat\/tenancy\/)?tenants\/\{id\}/.test(path) && typeof input.id === "string";
  return concerned && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(String(input.id))
    ? String(input.id)
    : undefined;
}
