import { actorName } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { cancelReportContract } from "./contract";
import { checkOwn, findReport, lockReport } from "./find-report";
import { reportView } from "./view";

/** Cancels a report: who works on it notices within a second, since its lease is gone. */
export const cancelReport = operation(cancelReportContract, async (ctx, { id }) => {
  const report = await lockReport(ctx, id);
  checkOwn(ctx.actor, report, "cancelled");
  if (report.status !== "waiting" && report.status !== "running")
    throw new AppError("conflict", `This report can't be cancelled: it is ${report.status}.`);
  const words = `${actorName(ctx.actor)} cancelled it.`;
  await ctx.db.report.update({
    where: { id },
    data: { status: "cancelled", words, finishedAt: ctx.now(), lease: null, leaseUntil: null },
  });
  ctx.note.before = { status: report.status };
  return reportView(await findReport(ctx, id));
});
