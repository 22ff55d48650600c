import { createReadStream } from "node:fs";
import { z } from "zod";
import { recordAudit } from "@/lib/gate/audit";
import { scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { downloadShape } from "@/lib/kernel/download";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { inScope } from "@/lib/kernel/scope";
import { env } from "@/lib/platform/env";
import { downloadItemContract } from "./contract";
import { exportPath, exportSize } from "./export-file";
import { findRun } from "./find-run";

const withFile = z.object({ file: z.object({ name: z.string() }) });
const nothing = "There is no file of this tenant in this bulk run.";

/** Begins the download of an item's file. It is in the audit trail. */
export const downloadItem = operation({ ...downloadItemContract, output: downloadShape }, async (ctx, input) => {
  const run = await findRun(ctx, input.id);
  const where = { runId_position: { runId: run.id, position: input.position } };
  const item = await ctx.db.bulkItem.findUnique({ where });
  const left = withFile.safeParse(item?.result);
  if (!item || !left.success) throw new AppError("not_found", nothing);
  const tenant = await ctx.db.tenant.findUnique({ where: { id: item.tenantId } });
  // It may have left the reader's scope since the run was planned.
  if (!tenant || !inScope(scopeOf(ctx.actor), tenant)) throw new HiddenError(nothing);
  const { name } = left.data.file;
  const bytes = await exportSize(run.id, name);
  if (bytes === null) throw new AppError("not_found", gone());
  Object.assign(ctx.note, { target: tenant.id, after: { file: name, bytes } });
  await recordAudit(ctx, { operation: downloadItemContract.id, outcome: "done", input });
  return { fileName: name, contentType: "application/gzip", bytes, chunks: read(exportPath(run.id, name)) };
});

const gone = () =>
  `The file is gone: exports are kept for ${env().EXPORT_DAYS} days, where EXPORT_DIR is (all hosts must share it).`;

async function* read(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of createReadStream(path)) yield chunk as Uint8Array;
}
