import type { NextRequest } from "next/server";
import { refuse } from "@/lib/gate/access";
import type { Ctx, Reply } from "@/lib/gate/context";
import { jsonOf } from "@/lib/gate/lasting";
import { type AnyOperation, type Operation, perform } from "@/lib/gate/operation";
import { visibleTenants } from "@/lib/gate/visible";
import { systemClock } from "@/lib/kernel/clock";
import type { Contract, Method } from "@/lib/kernel/contract";
import { newId } from "@/lib/kernel/ids";
import { presentedKey } from "@/lib/keys/authenticate";
import { tenantLimit } from "@/lib/keys/rate-limit";
import { callerContext, countAgainst } from "./context";
import { setSessionCookie } from "./cookie";
import { readInput } from "./input";
import { checkOrigin } from "./origin";
import { problem } from "./problem";

type RouteContext = { params: Promise<Record<string, string>> };
export type Handler = (request: NextRequest, context: RouteContext) => Promise<Response>;

/** The handlers of a URL: each translates a request for its operation and the answer back. */
export function route<M extends Method>(operations: Record<M, AnyOperation>): Record<M, Handler> {
  const entries = Object.entries<AnyOperation>(operations).map(([method, op]) => [method, handler(op as Operation)]);
  return Object.fromEntries(entries) as Record<M, Handler>;
}

function handler(op: Operation): Handler {
  return async (request, { params }) =>
    await answer(request, async (ctx) => {
      const input = await readInput(op.contract, request, await params);
      const tenant = tenantIn(op.contract, input);
      if (tenant && (await concerns(ctx, op.contract, tenant))) await countAgainst(ctx, tenantLimit(tenant));
      return new Response(jsonOf(await perform(op, ctx, input)), {
        status: op.contract.status ?? 200,
        headers: { "content-type": "application/json" },
      });
    });
}

/**
 * Answers an API request: finds out who asks, does the work, and adds what every answer carries. Never throws: what went
 * wrong is told as problem details, unless the caller has words of its own.
 */
export async function answer(
  request: NextRequest,
  work: (ctx: Ctx) => Promise<Response>,
  tell: typeof problem = problem,
): Promise<Response> {
  const requestId = newId(systemClock());
  const reply: Reply = {};
  const response = await attempt(request, requestId, reply, work, tell);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.headers.set(name, value);
  response.headers.set("x-request-id", requestId);
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  if (reply.sessionToken !== undefined) setSessionCookie(response.headers, reply.sessionToken);
  return response;
}

async function attempt(
  request: NextRequest,
  requestId: string,
  reply: Reply,
  work: (ctx: Ctx) => Promise<Response>,
  tell: typeof problem,
): Promise<Response> {
  const header = (name: string) => request.headers.get(name);
  const cookie = (name: string) => request.cookies.get(name)?.value;
  try {
    const ctx = await callerContext({ header, cookie, signal: request.signal, requestId, reply });
    // A key is sent on purpose; a cookie also goes along when another site's page asks.
    if (presentedKey(header) === undefined) await checkOrigin(request, ctx);
    return await work(ctx);
  } catch (error) {
    return tell(error, requestId);
  }
}

/**
 * Programs that may look at a tenant count against its limit together. People don't: whoever has to act on a tenant at
 * night is not held up by what programs ask of it. Nor does who may not see it, whom the count would tell of it.
 */
async function concerns({ actor, db }: Ctx, contract: Contract, id: string): Promise<boolean> {
  if (actor.kind !== "key" || refuse(contract, actor)) return false;
  return (await db.tenant.count({ where: { id, ...visibleTenants(actor) } })) > 0;
}

/** The tenant that a request concerns, by its path. */
function tenantIn({ path }: Contract, input: Record<string, unknown>): string | undefined {
  const concerned = path.startsWith("/api/tenancy/tenants/{id}") && typeof input.id === "string";
  return concerned && /^[0-9a-f-]{36}$/i.test(String(input.id)) ? String(input.id) : undefined;
}
