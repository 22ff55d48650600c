import { scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { inScope } from "@/lib/kernel/scope";
import { itemLogContract } from "./contract";
import { findRun } from "./find-run";
import { itemLogView } from "./shapes";

/** The newest lines of an item; an item can't have so many that one would miss the others. */
const most = 1000;

const unknown = "This run has no such item.";

export const itemLog = operation(itemLogContract, async (ctx, { id, position }) => {
  await findRun(ctx, id);
  const item = await ctx.db.bulkItem.findUnique({ where: { runId_position: { runId: id, position } } });
  if (!item) throw new AppError("not_found", unknown);
  const tenant = await ctx.db.tenant.findUnique({ where: { id: item.tenantId } });
  if (!tenant || !inScope(scopeOf(ctx.actor), tenant)) throw new HiddenError(unknown);
  const rows = await ctx.db.bulkItemLog.findMany({
    where: { runId: id, position },
    orderBy: { id: "desc" },
    take: most,
  });
  const lines = rows
    .reverse()
    .map(({ attempt, level, message, at }) => itemLogView.parse({ attempt, level, message, at: at.toISOString() }));
  return { lines };
});
