import { operation } from "@/lib/gate/operation";
import type { Prisma } from "@/lib/platform/prisma";
import { databaseTime } from "./clock";
import { listProcessesContract, type ProcessView, processView } from "./contract";
import { endedMs, stateOf } from "./rules";

export const listProcesses = operation(listProcessesContract, async ({ db }, { ended }) => {
  const at = await databaseTime(db);
  const alive = { stoppedAt: null, seenAt: { gt: new Date(at.getTime() - endedMs) } };
  const rows = await db.runtimeProcess.findMany({
    where: ended ? {} : alive,
    orderBy: [{ app: "asc" }, { host: "asc" }, { startedAt: "asc" }, { id: "asc" }],
    take: most,
  });
  return { processes: rows.map((row) => viewOf(row, at)), at: at.toISOString() };
});

/** The most processes that are listed: far more than anybody runs. */
const most = 1000;

function viewOf(row: Prisma.RuntimeProcessGetPayload<object>, at: Date): ProcessView {
  const { id, app, host, pid, open, idle, waiting, tenants, waitMs } = row;
  return {
    ...{ id, app, host, pid, open, idle, waiting, tenants, waitMs },
    state: stateOf(row, at),
    startedAt: row.startedAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
    limits: processView.shape.limits.parse(row.limits),
    connects: Number(row.connects),
    reuses: Number(row.reuses),
    waits: Number(row.waits),
    evictions: Number(row.evictions),
    timeouts: Number(row.timeouts),
    losses: Number(row.losses),
    lookups: Number(row.lookups),
    memoryHits: Number(row.memoryHits),
    redisHits: Number(row.redisHits),
  };
}
