import { operation } from "@/lib/gate/operation";
import { showScheduleContract } from "./contract-schedules";
import { findSchedule } from "./schedule-find";
import { scheduleView } from "./schedule-view";

/** A schedule: when it is due, to whom its reports go, and what became of the last one. */
export const showSchedule = operation(
  showScheduleContract,
  async (ctx, { id }) => await scheduleView(ctx, await findSchedule(ctx, id)),
);
