import { scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { runScheduleContract } from "./contract-schedules";
import { findReport, maySee } from "./find-report";
import { lockSchedule } from "./schedule-find";
import { ableNow, queueScheduled } from "./schedule-maker";
import { reportView } from "./view";

/** How many reports of a schedule that are not finished there may be, and how many may be asked for in an hour. */
const mostOpen = 3;
const mostAnHour = 12;
const hourMs = 3_600_000;

/** Has a schedule's report made now, with its maker's rights as it always is, and mailed to its recipients. */
export const runSchedule = operation(runScheduleContract, async (ctx, { id }) => {
  const schedule = await lockSchedule(ctx, id);
  const now = ctx.now();
  const able = await ableNow(ctx.db, schedule, now);
  if ("lost" in able) throw new AppError("conflict", able.lost);
  if (!maySee(ctx.actor, { kind: schedule.kind, scope: scopeOf(able.actor) }))
    throw new AppError("forbidden", "This schedule's reports tell of more tenants than your rights reach.");
  const open = await ctx.db.report.count({ where: { scheduleId: id, status: { in: ["waiting", "running"] } } });
  if (open >= mostOpen)
    throw new AppError("limit", `${open} of its reports are not finished. Wait for them.`, { retryAfter: 60 });
  const asked = await ctx.db.report.count({
    where: { scheduleId: id, dueAt: null, createdAt: { gt: new Date(now.getTime() - hourMs) } },
  });
  if (asked >= mostAnHour)
    throw new AppError("limit", `Its report was asked for ${asked} times within an hour. Wait a while.`, {
      retryAfter: 600,
    });
  const report = await queueScheduled(ctx.db, schedule, able, { dueAt: null, missed: 0 }, now);
  Object.assign(ctx.note, { target: id, after: { report, recipients: schedule.recipients } });
  return reportView(await findReport(ctx, report));
});
