import type { NextRequest } from "next/server";
import { type AnyOperation, type Operation, perform } from "@/lib/gate/operation";
import { systemClock } from "@/lib/kernel/clock";
import type { Method } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { isOwnOrigin } from "@/lib/platform/hosts";
import { callerContext } from "./context";
import { readInput } from "./input";
import { problem } from "./problem";

type RouteContext = { params: Promise<Record<string, string>> };
type Handler = (request: NextRequest, context: RouteContext) => Promise<Response>;

/** The handlers of a URL: each translates a request for its operation and the answer back. */
export function route<M extends Method>(operations: Record<M, AnyOperation>): Record<M, Handler> {
  const entries = Object.entries<AnyOperation>(operations).map(([method, op]) => [method, handler(op as Operation)]);
  return Object.fromEntries(entries) as Record<M, Handler>;
}

function handler(op: Operation): Handler {
  return async (request, { params }) => {
    const requestId = newId(systemClock());
    try {
      checkOrigin(request);
      const ctx = await requestContext(request, requestId);
      const output = await perform(op, ctx, await readInput(op.contract, request, await params));
      const headers = { "cache-control": "no-store", "x-request-id": requestId };
      return Response.json(output, { status: op.contract.status ?? 200, headers });
    } catch (error) {
      return problem(error, requestId);
    }
  };
}

/** The context of an API request. */
export async function requestContext(request: NextRequest, requestId: string) {
  return await callerContext({
    header: (name) => request.headers.get(name),
    cookie: (name) => request.cookies.get(name)?.value,
    signal: request.signal,
    requestId,
  });
}

/** The cookie signs in whoever sends it, so a page of another origin (a tenant's app, say) must not send for its visitor. */
function checkOrigin(request: NextRequest): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if ((origin !== null && !isOwnOrigin(origin)) || (site !== null && site !== "same-origin" && site !== "none")) {
    throw new AppError("forbidden", "This request came from a page of another site and was not carried out.");
  }
}
