import type { Ctx } from "@/lib/gate/context";
import { announceTenant, recordActivity } from "@/lib/tenants/activity";
import { type SupportRow, stateOf } from "./view";

/**
 * Ends a session, or takes a link back, and tells every runtime. One that is over, or that somebody ended in the same
 * moment, stays as it is.
 */
export async function endAccess(ctx: Ctx, row: SupportRow, endedBy: string, why: string): Promise<SupportRow> {
  const { id, tenantId } = row;
  if (!["open", "active"].includes(stateOf(row, ctx.now()))) return row;
  const { count } = await ctx.db.supportAccess.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: ctx.now(), endedBy },
  });
  const after = await ctx.db.supportAccess.findUniqueOrThrow({ where: { id } });
  if (count === 0) return after;
  const what = after.redeemedAt ? "Support session" : "Support link";
  const description = `${what} of ${row.userName} ended${why}`;
  await recordActivity(ctx, { tenantId, type: "support_ended", description, metadata: { access: id } });
  await announceTenant(ctx.db, tenantId);
  return after;
}
