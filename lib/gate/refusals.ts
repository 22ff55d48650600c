import { AppError, HiddenError } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";
import { recordAudit } from "./audit";
import type { Ctx } from "./context";

/** Strangers could fill the trail: of each address so many refusals a minute are written, the rest is logged only. */
const strangersPerMinute = 20;
const minute = 60_000;
const mostAddresses = 10_000;

const seen = new Map<string, { since: number; count: number }>();

/** Writes a refused attempt to the audit trail, with what was asked for, when the error is a refusal. */
export async function recordRefusal(ctx: Ctx, operation: string, raw: unknown, error: unknown): Promise<void> {
  if (!isRefusal(error)) return;
  if (ctx.actor.kind === "nobody" && flood(ctx)) {
    log().info({ operation, address: ctx.ipAddress, requestId: ctx.requestId }, "refused; not in the audit trail");
    return;
  }
  const entry = { operation, outcome: "refused" as const, reason: error.message };
  await recordAudit({ ...ctx, note: { ...ctx.note, ...targetOf(raw) } }, entry);
}

function isRefusal(error: unknown): error is AppError {
  if (!(error instanceof AppError) || error.reason === "step_up_required") return false;
  return error instanceof HiddenError || error.code === "forbidden" || error.code === "unauthenticated";
}

/** What was asked for, as far as it can be told: an id of sensible size and characters. */
function targetOf(raw: unknown): { target?: string } {
  if (typeof raw !== "object" || raw === null) return {};
  const named = "id" in raw ? raw.id : "tenant" in raw ? raw.tenant : "name" in raw ? raw.name : undefined;
  return typeof named === "string" && /^[\x20-\x7e]{1,100}$/.test(named) ? { target: named } : {};
}

function flood(ctx: Ctx): boolean {
  const now = ctx.now().getTime();
  const key = ctx.ipAddress ?? "unknown";
  const known = seen.get(key);
  if (!known || now - known.since >= minute) {
    if (seen.size >= mostAddresses) seen.clear();
    seen.set(key, { since: now, count: 1 });
    return false;
  }
  known.count++;
  return known.count > strangersPerMinute;
}
