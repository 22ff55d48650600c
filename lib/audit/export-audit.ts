import { recordAudit } from "@/lib/gate/audit";
import { actorName, type Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { type Download, downloadShape } from "@/lib/kernel/download";
import { AppError } from "@/lib/kernel/errors";
import type { Prisma } from "@/lib/platform/prisma";
import { type AuditRowView, exportAuditContract } from "./contract";
import { csvLines } from "./csv";
import { signedLines } from "./export-lines";
import { auditWhere } from "./filter";
import { auditSigner } from "./signer";
import { auditView } from "./view";

/** Rows that are held at once. */
const batch = 500;

/**
 * Begins an export of what the trail holds now, oldest first. The export is in the trail, with the count of its rows,
 * before the first of them leaves.
 */
export const exportAudit = operation(
  { ...exportAuditContract, output: downloadShape },
  async (ctx, { format, columns, ...filter }) => {
    const newest = await ctx.db.auditEvent.findFirst({ orderBy: { id: "desc" }, select: { id: true } });
    const where = { ...auditWhere(filter), id: { lte: newest?.id ?? 0n } };
    const rows = await ctx.db.auditEvent.count({ where });
    const signer = format === "jsonl" ? await auditSigner(ctx.db) : undefined;
    ctx.note.after = { rows, upTo: String(newest?.id ?? 0) };
    await recordAudit(ctx, {
      operation: exportAuditContract.id,
      outcome: "done",
      input: { format, columns, ...filter },
    });
    const events = readEvents(ctx, where);
    const made = { filter, madeAt: ctx.now().toISOString(), madeBy: actorName(ctx.actor) };
    const chunks = signer ? signedLines(made, events, signer) : csvLines(events, columns);
    return { fileName: fileName(ctx.now(), format), contentType: contentTypes[format], chunks };
  },
);

const contentTypes = { jsonl: "application/jsonl; charset=utf-8", csv: "text/csv; charset=utf-8; header=present" };

function fileName(now: Date, format: string): Download["fileName"] {
  return `tenantry-audit-${now.toISOString().slice(0, 19).replaceAll(":", "")}Z.${format}`;
}

async function* readEvents(
  ctx: Ctx,
  where: Prisma.AuditEventWhereInput,
): AsyncGenerator<AuditRowView[], void, undefined> {
  for (let after = 0n; ; ) {
    if (ctx.signal.aborted) throw new AppError("unavailable", "The export was given up: who asked for it has gone.");
    const rows = await ctx.db.auditEvent.findMany({
      where: { AND: [where, { id: { gt: after } }] },
      orderBy: { id: "asc" },
      take: batch,
    });
    if (rows.length > 0) yield rows.map(auditView);
    after = rows.at(-1)?.id ?? after;
    if (rows.length < batch) return;
  }
}
