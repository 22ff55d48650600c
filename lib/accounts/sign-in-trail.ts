import { recordAudit } from "@/lib/gate/audit";
import type { Ctx } from "@/lib/gate/context";
import { recordRefusal } from "@/lib/gate/refusals";
import { placeOf } from "@/lib/kernel/addresses";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { emailShape } from "./contract";
import type { Device } from "./sessions";

const operation = "session.signIn";

/** The context of a sign-in, by whom nobody knows yet. The trail names the account that was tried. */
export function signInContext(email: string, { ipAddress, userAgent }: Device, now: Clock): Ctx {
  // People type passwords into the wrong field: only what looks like an address is written down.
  const target = emailShape.safeParse(email).success ? email : "(not an e-mail address)";
  return {
    actor: { kind: "nobody" },
    db: controlDb(),
    now,
    requestId: newId(now()),
    signal: new AbortController().signal,
    ...{ ipAddress, userAgent, idempotencyKey: null, note: { target }, reply: {} },
  };
}

/** Writes a refused sign-in to the audit trail; that a code is still to come is none. */
export async function recordSignInRefusal(ctx: Ctx, error: unknown): Promise<void> {
  if (!(error instanceof AppError) || error.reason === "code_required") return;
  if (error.code !== "limit") return await recordRefusal(ctx, operation, {}, error);
  if (isTold(ctx)) return log().info({ address: ctx.ipAddress, requestId: ctx.requestId }, "a sign-in has to wait");
  await recordAudit(ctx, { operation, outcome: "refused", reason: error.message });
}

const onceInMs = 15 * 60_000;
const mostAddresses = 10_000;

const told = new Map<string, number>();

/** Whether the trail says already that this address has to wait: who goes on trying must not fill it. */
function isTold(ctx: Ctx): boolean {
  const place = placeOf(ctx.ipAddress) ?? "unknown";
  const now = ctx.now().getTime();
  const since = told.get(place);
  if (since !== undefined && now - since < onceInMs) return true;
  if (told.size >= mostAddresses) told.clear();
  told.set(place, now);
  return false;
}
