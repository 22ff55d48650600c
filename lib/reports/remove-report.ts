import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { removeReportContract } from "./contract";
import { removeFolder } from "./files";
import { checkOwn, lockReport } from "./find-report";

/** Removes a report with its file. One that is being made has to be cancelled first. */
export const removeReport = operation(removeReportContract, async (ctx, { id }) => {
  const report = await lockReport(ctx, id);
  checkOwn(ctx.actor, report, "removed");
  const { title, kind, status } = report;
  if (status === "waiting" || status === "running")
    throw new AppError("conflict", `This report is ${status}. Cancel it first.`);
  ctx.note.before = { title, kind, status };
  await ctx.db.report.delete({ where: { id } });
  // If the transaction fails after this, the report is there without its file, which a download tells.
  await removeFolder(id);
  return { id };
});
