import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { readMany } from "@/lib/gate/many";
import { operation } from "@/lib/gate/operation";
import { askedPeriod } from "@/lib/history/asked";
import { type Capacity, capacityContract } from "./contract";
import { dailySeries } from "./daily-series";
import { inTurns } from "./in-turns";
import { serverLimit, servers } from "./limits";
import { outlookOf } from "./outlook";
import { readServers, type ServerUse } from "./server-use";
import { dayMs, hourMs } from "./usual";
import { spanOf } from "./window";

/** How far ahead it looks. */
const horizonDays = 365;

type Server = Awaited<ReturnType<typeof servers>>[number];
type Told = Capacity["servers"][number];

/** How full each server is, and when it will be. */
export const showCapacity = operation(capacityContract, (ctx, input) =>
  readMany(ctx, (own) => capacityOf(own, input), { signal: ctx.signal }),
);

async function capacityOf(ctx: Ctx, input: z.output<typeof capacityContract.input>): Promise<Capacity> {
  const time = askedPeriod(input, ctx.now().getTime());
  const level = time.to - time.from > 14 * dayMs ? ("day" as const) : ("hour" as const);
  const stepMs = level === "day" ? dayMs : hourMs;
  const all = await servers(ctx.db);
  const use = await readServers(ctx.db, time, level);
  const counts = await ctx.db.tenant.groupBy({ by: ["serverId"], where: { deletedAt: null }, _count: true });
  const tenants = new Map(counts.map(({ serverId, _count }) => [serverId, _count]));
  const outlooks = await outlooksOf(ctx, all);
  return {
    span: await spanOf(ctx.db, time, { stepMs, level, tz: "UTC" }),
    servers: all.map((server) => ({
      ...told(server, use.get(server.id)),
      tenants: tenants.get(server.id) ?? 0,
      outlooks: outlooks.get(server.id) ?? [],
    })),
  };
}

async function outlooksOf(ctx: Ctx, all: Server[]): Promise<Map<string, Told["outlooks"]>> {
  const ids = all.map(({ id }) => id);
  const metrics = ["storage", "connections"] as const;
  const series: Awaited<ReturnType<typeof dailySeries>>[] = [];
  // One after the other: it is one connection.
  for (const metric of metrics) series.push(await dailySeries(ctx.db, "server", ids, metric, ctx.now()));
  const told = await inTurns(all, (server) => {
    const subject = { kind: "server" as const, server: { id: server.id, name: server.name } };
    const each = metrics.map((metric, at) => {
      const question = { subject, metric, limit: serverLimit(server, metric) };
      return outlookOf(question, series[at]?.get(server.id), horizonDays);
    });
    return [server.id, each] as const;
  });
  return new Map(told);
}

function told(server: Server, use: ServerUse | undefined): Omit<Told, "tenants" | "outlooks"> {
  const { id, name, region, maxConnections, cores, memoryMb } = server;
  return {
    server: { id, name, region },
    disk: { usedMiB: use?.storageNow ?? null, ...diskOf(server) },
    connections: { now: use?.connectionsNow ?? null, peak: use?.connectionsPeak ?? null, limit: maxConnections },
    cpu: { avg: use?.cpuAvg ?? null, peak: use?.cpuPeak ?? null, cores },
    memory: { avg: use?.memoryAvg ?? null, peak: use?.memoryPeak ?? null, totalMiB: memoryMb },
    storage: use?.storage ?? [],
    connected: use?.connected ?? [],
  };
}

/** What an administrator says wins over the disk as it is measured; what is free is only ever measured. */
function diskOf({ storageCapacityMb, diskTotalMb, diskFreeMb }: Server) {
  if (storageCapacityMb !== null) {
    const source = "the server's capacity, as an administrator entered it";
    return { totalMiB: storageCapacityMb, freeMiB: diskFreeMb, source };
  }
  const source = diskTotalMb === null ? null : "the file system under the server's data directory";
  return { totalMiB: diskTotalMb, freeMiB: diskFreeMb, source };
}
