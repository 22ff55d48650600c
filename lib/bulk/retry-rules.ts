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
 * where there is none, and where `refuseChanged` does.
 */
export async function failedItems(ctx: Ctx, action: Action, run: RunRow): Promise<number[]> {
  const within = Prisma.sql`(${scopeSql(scopeOf(ctx.actor))} AND ${scopeSql(scopeShape.parse(run.scope))})`;
  const rows = await ctx.db.$queryRaw<{ position: number; within: boolean }[]>`
    SELECT i.position, ${within} IS TRUE AS within FROM bulk_items i LEFT JOIN tenants t ON t.id = i.tenant_id
     WHERE i.run_id = ${run.id}::uuid AND i.status = 'failed' ORDER BY i.position`;
  if (rows.length === 0)
    throw new AppError("conflict", "Nothing has failed in this run, so there is nothing to retry.");
  const reached = rows.filter((row) => row.within);
  if (reached.length === 0) throw new AppError("conflict", "What failed in this run is out of reach by now.");
  await refuseChanged(ctx, action, run, "failed", within);
  return reached.map(({ position }) => position);
}

/** Refuses to go on where something destructive would be done to a tenant that is another than was confirmed. */
export async function refuseChanged(
  { db }: Ctx,
  { danger }: Action,
  { id, undoOf }: RunRow,
  status: "failed" | "pending",
  within = Prisma.sql`true`,
): Promise<void> {
  if (danger !== "destructive" || undoOf !== null) return;
  // What is going or gone has no way back: that is only brought to its end.
  const [found] = await db.$queryRaw<{ changed: number; slugs: string[] | null }[]>`
    SELECT count(*)::int AS changed, (array_agg(i.slug ORDER BY i.position))[1:5] AS slugs
      FROM bulk_items i JOIN tenants t ON t.id = i.tenant_id
     WHERE i.run_id = ${id}::uuid AND i.status = ${status}::bulk_item_status AND ${within}
       AND t.version <> i.tenant_version AND t.status <> 'deleting' AND t.deleted_at IS NULL`;
  const { changed = 0, slugs } = found ?? {};
  if (!slugs) return;
  const more = changed > slugs.length ? ` and ${changed - slugs.length} more` : "";
  throw refused("plan_changed", `Changed since this was planned: ${slugs.join(", ")}${more}. Plan it anew.`);
}
