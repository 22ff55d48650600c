import { rightsOf } from "@/lib/accounts/rights";
import { actorId, actorName, type Ctx, scopeOf } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import type { Permission } from "@/lib/kernel/permissions";
import { scopeShape, scopeWithin } from "@/lib/kernel/scope";
import type { Db } from "@/lib/platform/prisma";
import type { Action } from "./action";
import { changedSince } from "./changed";
import { planDigest } from "./digest";
import type { RunRow } from "./find-run";
import { announceRun, queueRun } from "./queue";
import { needsTwo } from "./two-persons";

/** A refusal that belongs into the audit trail: somebody tries to begin what nobody looked at like this. */
export function refused(reason: string, message: string): AppError {
  return new AppError("conflict", message, { reason, audited: true });
}

/** Where two have to confirm, both are people and not the same one. */
export async function checkPersons({ actor, db }: Ctx, run: RunRow, action: Action): Promise<void> {
  if (!needsTwo(run.action)) return;
  const words = "Two different people have to confirm this.";
  if (actor.kind !== "user")
    throw new AppError("forbidden", `${words} An API key is none of them.`, { reason: "two_persons" });
  if (run.status === "awaiting_second" && run.confirmedById === actor.id)
    throw new AppError("forbidden", `${words} You were the first.`, { reason: "two_persons" });
  if (run.status === "awaiting_second" && !(await stillMay(db, run, action))) {
    const lost = `${run.confirmedBy}, who confirmed this first, may not do so any more. Plan it anew.`;
    throw refused("first_lost_right", lost);
  }
}

/** Whether who confirmed a run first could do so now. */
async function stillMay(db: Db, run: RunRow, { permission }: Action): Promise<boolean> {
  if (!run.confirmedById) return false;
  const user = await db.user.findFirst({ where: { id: run.confirmedById, deactivatedAt: null } });
  if (!user) return false;
  const { permissions, scope } = await rightsOf(db, user);
  const has = (right: Permission) => permissions.includes(right);
  return has("bulk:confirm") && has(permission) && scopeWithin(scopeShape.parse(run.scope), scope);
}

/** The plan is what it was when it was made, and the tenants are what they were when it was made. */
export async function checkPlan(ctx: Ctx, run: RunRow): Promise<void> {
  if ((await planDigest(ctx.db, run)) !== run.digest)
    throw refused("plan_tampered", "The stored plan is not what its digest says. Plan it anew.");
  const { changed, slugs } = await changedSince(ctx.db, run.id, scopeOf(ctx.actor));
  if (changed === 0) return;
  const more = changed > slugs.length ? ` and ${changed - slugs.length} more` : "";
  const words = `${changed === 1 ? "One tenant was" : `${changed} tenants were`} changed since this was planned`;
  throw refused("plan_changed", `${words}: ${slugs.join(", ")}${more}. Plan it anew and look at it again.`);
}

/** Writes the actor's confirmation down: the run begins, or waits for a second person. Returns its status now. */
export async function keepConfirmation(ctx: Ctx, run: RunRow): Promise<"awaiting_second" | "running"> {
  const { id } = run;
  const status = needsTwo(run.action) && run.status === "planned" ? "awaiting_second" : "running";
  await ctx.db.bulkRun.update({ where: { id }, data: { status, ...confirmedBy(ctx, run, status === "running") } });
  if (status === "running") await queueRun(ctx.db, id);
  await announceRun(ctx.db, id);
  return status;
}

function confirmedBy(ctx: Ctx, run: RunRow, begins: boolean) {
  const [who, whoId, now] = [actorName(ctx.actor), actorId(ctx.actor), ctx.now()];
  const start = begins ? { startedAt: now } : {};
  if (run.status === "awaiting_second") return { secondBy: who, secondById: whoId, secondAt: now, ...start };
  return { confirmedBy: who, confirmedById: whoId, confirmedAt: now, ...start };
}
