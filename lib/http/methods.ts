import type { NextRequest } from "next/server";
import { systemClock } from "@/lib/kernel/clock";
import type { Method } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { problem } from "./problem";
import { newest } from "./versions";

type RouteContext = { params: Promise<Record<string, string>> };

/** Answers one method of an address. */
export type Handler = (request: NextRequest, context: RouteContext) => Promise<Response>;

const every = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Every = (typeof every)[number];

/** Handlers for every method there is: Next's own answer to those that an address has not is empty. */
export type Handlers = Record<Every, Handler>;

/**
 * The handlers of an address that serves these methods: HEAD is GET without the body, OPTIONS tells what there is, and
 * what there is not is refused in words, to everybody alike.
 */
export function methods(served: Partial<Record<Method, Handler>>): Handlers {
  const allowed = every.filter((method) => method === "OPTIONS" || served[method === "HEAD" ? "GET" : method]);
  const of = (method: Every): Handler => {
    if (method === "OPTIONS") return async () => told(allowed);
    if (method === "HEAD") return served.GET ? headOf(served.GET) : async () => refused(method, allowed);
    return served[method] ?? (async () => refused(method, allowed));
  };
  return Object.fromEntries(every.map((method) => [method, of(method)])) as Handlers;
}

function headOf(get: Handler): Handler {
  return async (request, context) => {
    const answer = await get(request, context);
    await answer.body?.cancel();
    return new Response(null, { status: answer.status, headers: answer.headers });
  };
}

function told(allowed: readonly Every[]): Response {
  return marked(new Response(null, { status: 204 }), newId(systemClock()), allowed);
}

function refused(method: Every, allowed: readonly Every[]): Response {
  const requestId = newId(systemClock());
  const error = new AppError("method_not_allowed", `This address has no ${method}. It answers ${allowed.join(", ")}.`);
  return marked(problem(error, requestId), requestId, allowed);
}

function marked(response: Response, requestId: string, allowed: readonly Every[]): Response {
  response.headers.set("allow", allowed.join(", "));
  response.headers.set("x-request-id", requestId);
  response.headers.set("tenantry-version", newest);
  response.headers.set("cache-control", "no-store");
  return response;
}
