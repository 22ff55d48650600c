import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { removeScheduleContract, showScheduleContract } from "./contract-schedules";
import { lockSchedule } from "./schedule-find";
import { auditedSchedule, scheduleView } from "./schedule-view";

/** Removes a schedule. Reports that were made, or asked for, stay and are mailed. */
export const removeSchedule = operation(removeScheduleContract, async (ctx, { id }) => {
  const row = await lockSchedule(ctx, id);
  await requireMatch(ctx, showScheduleContract, () => scheduleView(ctx, row));
  await ctx.db.reportSchedule.delete({ where: { id } });
  Object.assign(ctx.note, { target: id, before: auditedSchedule(row) });
  return { id };
});
