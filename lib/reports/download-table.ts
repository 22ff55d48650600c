import { refuse } from "@/lib/gate/access";
import { recordAudit } from "@/lib/gate/audit";
import type { Ctx } from "@/lib/gate/context";
import { type AnyOperation, operation } from "@/lib/gate/operation";
import { type Download, downloadShape } from "@/lib/kernel/download";
import { type AnyTable, columnsOf, type OpenTable, openTable } from "./table";
import { headOf } from "./table-kind";
import { tables } from "./tables";

/** Of each table, the operation that begins its download. */
export const tableDownloads: readonly AnyOperation[] = tables.map(downloadOf);

/** The download of the table of this name; undefined where there is none. */
export function findTableDownload(name: string): AnyOperation | undefined {
  return tableDownloads[tables.findIndex(({ shape }) => shape.name === name)];
}

/**
 * Begins a download of a table. It takes the right to see the table beside the one to have files, and it is in the audit
 * trail before the first row leaves.
 */
function downloadOf(table: AnyTable): AnyOperation {
  const { name, access, scoped, words, contract } = table.shape;
  return operation({ ...contract, output: downloadShape }, async (ctx, input) => {
    const refusal = refuse({ access, summary: words, ...(scoped && { scoped }) }, ctx.actor);
    if (refusal) throw refusal;
    const opened = await openTable(table, ctx, input);
    try {
      await recordAudit(ctx, { operation: contract.id, outcome: "done", input });
    } catch (error) {
      await opened.close();
      throw error;
    }
    return {
      fileName: fileName(ctx, name),
      contentType: "text/csv; charset=utf-8; header=present",
      chunks: closing(chunksOf(headOf(columnsOf(table, input)), opened), opened),
    };
  });
}

function fileName(ctx: Ctx, name: string): string {
  return `tenantry-${name}-${ctx.now().toISOString().slice(0, 19).replaceAll(":", "")}Z.csv`;
}

async function* chunksOf(head: string, { lines }: OpenTable): Download["chunks"] {
  yield head;
  for await (const { text } of lines) yield text;
}

/** A generator that was not begun does not run its `finally` when it is ended. This one gives back what is held. */
function closing(chunks: Download["chunks"], { close }: OpenTable): Download["chunks"] {
  const end = chunks.return.bind(chunks);
  chunks.return = async (value) => {
    const ended = await end(value);
    await close();
    return ended;
  };
  return chunks;
}
