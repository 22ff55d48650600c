import { createReadStream } from "node:fs";
import { recordAudit } from "@/lib/gate/audit";
import { operation } from "@/lib/gate/operation";
import { downloadShape } from "@/lib/kernel/download";
import { downloadItemContract } from "./contract-files";
import { exportPath } from "./export-file";
import { findFile } from "./find-file";

/** Begins the download of an item's file. It is in the audit trail. */
export const downloadItem = operation({ ...downloadItemContract, output: downloadShape }, async (ctx, input) => {
  const { runId, tenantId, name, bytes } = await findFile(ctx, input);
  Object.assign(ctx.note, { target: tenantId, after: { file: name, bytes } });
  await recordAudit(ctx, { operation: downloadItemContract.id, outcome: "done", input });
  return { fileName: name, contentType: "application/gzip", bytes, chunks: read(exportPath(runId, name)) };
});

async function* read(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of createReadStream(path)) yield chunk as Uint8Array;
}
