import { operation } from "@/lib/gate/operation";
import { seeTenant } from "@/lib/tenants/find";
import { databaseTime } from "./clock";
import { processView, showHoldersContract } from "./contract";
import { endedMs, stateOf } from "./rules";

export const showHolders = operation(showHoldersContract, async (ctx, { id }) => {
  await seeTenant(ctx, id);
  const at = await databaseTime(ctx.db);
  const rows = await ctx.db.runtimePool.findMany({
    where: { tenantId: id, process: { stoppedAt: null, seenAt: { gt: new Date(at.getTime() - endedMs) } } },
    include: { process: true },
    orderBy: [{ open: "desc" }, { processId: "asc" }],
  });
  const holders = rows.map(({ process, open, idle, waiting, waitMs, ...counts }) => ({
    process: {
      ...{ id: process.id, app: process.app, host: process.host, pid: process.pid },
      ...{ state: stateOf(process, at), seenAt: process.seenAt.toISOString() },
    },
    perTenant: processView.shape.limits.parse(process.limits).perTenant,
    ...{ open, idle, waiting, waitMs },
    connects: Number(counts.connects),
    reuses: Number(counts.reuses),
    waits: Number(counts.waits),
    evictions: Number(counts.evictions),
    timeouts: Number(counts.timeouts),
  }));
  return { holders, at: at.toISOString() };
});
