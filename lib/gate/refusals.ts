import { placeOf } from "@/lib/kernel/addresses";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";
import { recordAudit } from "./audit";
import { actorId, actorName, type Ctx } from "./context";

/** Refusals could fill the trail: of each person, key or stranger's place so many a minute are written, others logged. */
const perMinute = { known: 120, stranger: 20 };
const minute = 60_000;
const mostNames = 10_000;

const seen = new Map<string, { since: number; count: number }>();

/** Writes a refused attempt to the audit trail, with what was asked for, when the error is a refusal. */
export async function recordRefusal(ctx: Ctx, operation: string, raw: unknown, error: unknown): Promise<void> {
  if (!isRefusal(error)) return;
  const told = { operation, actor: actorName(ctx.actor), address: ctx.ipAddress, requestId: ctx.requestId };
  if (ctx.actor.kind !== "system" && flood(ctx)) return log().info(told, "refused; not in the audit trail");
  const note = { ...ctx.note, ...targetOf(raw) };
  const entry = { operation, outcome: "refused" as const, reason: error.message };
  try {
    await recordAudit({ ...ctx, note }, entry);
  } catch (failure) {
    // Whoever is refused stays refused, also when the trail can't hold it: then the log does.
    const why = String(failure).trim().split("\n").at(-1);
    const lost = { ...told, target: note.target, reason: error.message, why };
    log().error(lost, "a refusal is missing in the audit trail");
  }
}

function isRefusal(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false;
  if (error.audited) return true;
  if (error.reason === "step_up_required") return false;
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
  const actor = actorId(ctx.actor);
  const key = actor ?? placeOf(ctx.ipAddress) ?? "unknown";
  const known = seen.get(key);
  if (!known || now - known.since >= minute) {
    if (seen.size >= mostNames) seen.clear();
    seen.set(key, { since: now, count: 1 });
    return false;
  }
  known.count++;
  return known.count > (actor ? perMinute.known : perMinute.stranger);
}
