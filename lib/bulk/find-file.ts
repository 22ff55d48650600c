import { z } from "zod";
import { type Ctx, scopeOf } from "@/lib/gate/context";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { inScope } from "@/lib/kernel/scope";
import { env } from "@/lib/platform/env";
import { exportSize } from "./export-file";
import { findRun } from "./find-run";

const withFile = z.object({ file: z.object({ name: z.string() }) });
const nothing = "There is no file of this tenant in this bulk run.";

/** A file that a run left for one tenant, which the actor may have: its name, its size, and whose data it holds. */
export async function findFile(ctx: Ctx, { id, position }: { id: string; position: number }) {
  const run = await findRun(ctx, id);
  const item = await ctx.db.bulkItem.findUnique({ where: { runId_position: { runId: run.id, position } } });
  const left = withFile.safeParse(item?.result);
  if (!item || !left.success) throw new AppError("not_found", nothing);
  const tenant = await ctx.db.tenant.findUnique({ where: { id: item.tenantId } });
  // It may have left the reader's scope since the run was planned.
  if (!tenant || !inScope(scopeOf(ctx.actor), tenant)) throw new HiddenError(nothing);
  const { name } = left.data.file;
  const bytes = await exportSize(run.id, name);
  if (bytes === null) throw new AppError("not_found", gone());
  return { runId: run.id, tenantId: tenant.id, name, bytes };
}

/** What is said of a file that is not there any more. */
export const gone = (): string =>
  `The file is gone: exports are kept for ${env().EXPORT_DAYS} days, where EXPORT_DIR is (all hosts must share it).`;
