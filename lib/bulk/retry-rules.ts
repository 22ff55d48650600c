import { type Ctx, scopeOf } from "@/lib/gate/context";
import { requireStepUp } from "@/lib/gate/step-up";
import { scopeSql } from "@/lib/gate/visible";
import { AppError } from "@/lib/kernel/errors";
import { scopeShape } from "@/lib/kernel/scope";
import { Prisma } from "@/lib/platform/prisma";
import type { Action } from "./action";
import type { RunRow } from "./find-run";
import { needsTwo } from "./two-persons";

/** Milliseconds after a run was last worked on for which its confirmation holds. */
const confirmedForMs = 24 * 3_600_000;

/** A refusal that belongs into the audit trail: somebody tries to do what nobody confirmed like this. */
function refused(reason: string, message: string): AppError {
  return new AppError("conflict", message, { reason, audited: true });
}

/** Refuses a retry under a confirmation that is older than a day, counted from when an item last came to its end. */
export async function checkAge({ db, now }: Ctx, { id, confirmedAt, secondAt }: RunRow): Promise<void> {
  const { _max } = await db.bulkItem.aggregate({ where: { runId: id }, _max: { finishedAt: true } });
  const times = [confirmedAt, secondAt, _max.finishedAt].map((at) => at?.getTime() ?? 0);
  if (now().getTime() - Math.max(...times) <= confirmedForMs) return;
  throw refused("confirmation_expired", "This run was last worked on more than a day ago. Plan it anew.");
}

/** Where two people had to confirm, a person retries it, with the second factor. */
export async function checkPerson(ctx: Ctx, run: RunRow): Promise<void> {
  if (!needsTwo(run.action)) return;
  if (ctx.actor.kind !== "user") {
    const words = "Two people had to confirm this; a person has to retry it. An API key is none.";
    throw new AppError("forbidden", words, { reason: "two_persons" });
  }
  await requireStepUp(ctx, run.digest);
}

/**
 * The positions that failed and are tried again: those within reach of the actor and of who planned the run. Refuses
 * where there is none, and where something destructive would be done to a tenant that is another than was confirmed.
 */
export async function failedItems(ctx: Ctx, action: Action, run: RunRow): Promise<number[]> {
  const within = Prisma.sql`${scopeSql(scopeOf(ctx.actor))} AND ${scopeSql(scopeShape.parse(run.scope))}`;
  // What is going or gone has no way back; a retry only brings that to its end.
  const rows = await ctx.db.$queryRaw<{ position: number; slug: string; within: boolean; changed: boolean }[]>`
    SELECT i.position, i.slug, (${within}) IS TRUE AS within,
           t.version <> i.tenant_version AND t.status <> 'deleting' AND t.deleted_at IS NULL AS changed
      FROM bulk_items i LEFT JOIN tenants t ON t.id = i.tenant_id
     WHERE i.run_id = ${run.id}::uuid AND i.status = 'failed' ORDER BY i.position`;
  if (rows.length === 0)
    throw new AppError("conflict", "Nothing has failed in this run, so there is nothing to retry.");
  const reached = rows.filter((row) => row.within);
  if (reached.length === 0) throw new AppError("conflict", "What failed in this run is out of reach by now.");
  const changed = action.danger === "destructive" && run.undoOf === null ? reached.filter((row) => row.changed) : [];
  if (changed.length === 0) return reached.map(({ position }) => position);
  const slugs = changed.slice(0, 5).map(({ slug }) => slug);
  const more = changed.length > slugs.length ? ` and ${changed.length - slugs.length} more` : "";
  throw refused("plan_changed", `Changed since this was planned: ${slugs.join(", ")}${more}. Plan it anew.`);
}
