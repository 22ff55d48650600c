import type { NextRequest } from "next/server";
import NextAuth from "next-auth/next";
import { deviceOf } from "@/lib/accounts/device";
import { authOptions } from "@/lib/accounts/next-auth";
import type { Ctx } from "@/lib/gate/context";
import { recordRefusal } from "@/lib/gate/refusals";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { limitOf } from "@/lib/keys/rate-limit";
import { checkAddress } from "@/lib/keys/rules";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import { countAgainst } from "./context";
import { problem } from "./problem";

/** What the sign-in page asks of next-auth, and where it sends who comes by its own addresses. It can do more. */
const served = new Set(["GET csrf", "GET providers", "GET signin", "GET error", "POST callback/credentials"]);

type Context = { params: Promise<{ nextauth: string[] }> };

/** `/api/auth/*`: those of next-auth's own routes that are used, behind the same IP rules and limits as everything else. */
export async function authRoute(request: NextRequest, context: Context): Promise<Response> {
  const requestId = newId(systemClock());
  const { nextauth } = await context.params;
  if (!served.has(`${request.method} ${nextauth.join("/")}`)) return problem(notServed(), requestId);
  const device = deviceOf((name) => request.headers.get(name));
  const ctx: Ctx = {
    ...{ actor: { kind: "nobody" }, db: controlDb(), now: systemClock, requestId, signal: request.signal },
    ...{ ...device, idempotencyKey: null, note: {}, reply: {} },
  };
  try {
    await checkAddress(controlDb(), "console", device.ipAddress);
    const limit = limitOf(ctx.actor, device.ipAddress);
    if (limit && request.method === "POST") await countAgainst(ctx, limit);
    return await quietly(await NextAuth(request, context, authOptions()));
  } catch (error) {
    await recordRefusal(ctx, "session.signIn", {}, error);
    return await told(error, problem(error, requestId));
  }
}

function notServed(): AppError {
  return new AppError("not_found", "There is no such address here.");
}

/** That the code is still to come is the next step and no failure: as a 401, every sign-in would show an error to whoever looks. */
async function quietly(response: Response): Promise<Response> {
  if (response.status !== 401) return response;
  const body = await response.text();
  const status = /[?&]error=code_required\b/.test(body) ? 200 : 401;
  return new Response(body, { status, headers: response.headers });
}

/** next-auth's browser side reads why a sign-in failed from an address in the answer. */
async function told(error: unknown, response: Response): Promise<Response> {
  const word = error instanceof AppError && error.code === "limit" ? "too_many_attempts" : "unavailable";
  const body = { ...((await response.json()) as object), url: `${env().TENANTRY_URL}/sign-in?error=${word}` };
  return new Response(JSON.stringify(body), { status: response.status, headers: response.headers });
}
