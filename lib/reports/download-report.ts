import { createReadStream } from "node:fs";
import { recordAudit } from "@/lib/gate/audit";
import { operation } from "@/lib/gate/operation";
import { downloadShape } from "@/lib/kernel/download";
import { AppError } from "@/lib/kernel/errors";
import { downloadReportContract } from "./contract";
import { reportPath, sizeOf } from "./files";
import { findReport, type ReportRow } from "./find-report";

const contentTypes: Record<string, string> = { csv: "text/csv; charset=utf-8; header=present", pdf: "application/pdf" };

/** Begins the download of a report's file. It is in the audit trail. */
export const downloadReport = operation({ ...downloadReportContract, output: downloadShape }, async (ctx, { id }) => {
  const report = await findReport(ctx, id);
  const { fileName, bytes, format, kind } = await wholeFile(report, ctx.now());
  Object.assign(ctx.note, { target: id, after: { file: fileName, bytes, kind } });
  await recordAudit(ctx, { operation: downloadReportContract.id, outcome: "done", input: { id } });
  const contentType = contentTypes[format] ?? "application/octet-stream";
  return { fileName, contentType, bytes, chunks: read(reportPath(id, fileName)) };
});

async function wholeFile(report: ReportRow, now: Date) {
  const { id, status, kind, format, fileName, expiresAt } = report;
  if (status !== "done" || fileName === null)
    throw new AppError("conflict", `This report has no file: it is ${status}.`);
  if (report.removed || (expiresAt && expiresAt <= now))
    throw new AppError("not_found", "This report's file was removed when its time was over. Make the report again.");
  const bytes = await sizeOf(id, fileName);
  if (bytes === null || bytes !== Number(report.bytes))
    throw new AppError("not_found", "This report's file is not where it was kept. Make the report again.");
  return { fileName, bytes, format, kind };
}

async function* read(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of createReadStream(path)) yield chunk as Uint8Array;
}
