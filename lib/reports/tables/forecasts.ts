import { showCapacity } from "@/lib/forecast/capacity";
import type { Outlook } from "@/lib/forecast/contract";
import { forecast } from "@/lib/forecast/forecast";
import { showNeighbours } from "@/lib/forecast/neighbours";
import * as shapes from "../contract-tables-analytics";
import { oneAnswer, pagedTable } from "../table-pages";
import { asChart } from "./rows";

export const forecasts = pagedTable(shapes.forecastsTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => (await forecast.run(ctx, filter)).outlooks.map(outlookRow)),
);

function outlookRow({ subject, metric, now, daysOld, limit, limitSource, perDay, ...of }: Outlook) {
  const { reaching, refused, historyDays } = of;
  const one =
    subject.kind === "tenant"
      ? { kind: subject.kind, subject: subject.tenant.slug, id: subject.tenant.id }
      : { kind: subject.kind, subject: subject.server.name, id: subject.server.id };
  return {
    ...one,
    ...{ metric, now, daysOld, limit, limitSource, perDay, historyDays },
    reached: reaching?.reached ?? null,
    days: reaching?.days ?? null,
    soonest: reaching?.soonest ?? null,
    latest: reaching?.latest ?? null,
    refused: refused?.words ?? null,
  };
}

export const capacity = pagedTable(shapes.capacityTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => {
    const { servers } = await showCapacity.run(ctx, { ...filter, ...asChart });
    return servers.map(({ server, tenants, disk, connections, cpu, memory, outlooks }) => {
      const daysOf = (metric: Outlook["metric"]) =>
        outlooks.find((outlook) => outlook.metric === metric)?.reaching?.days ?? null;
      return {
        ...{ server: server.name, serverId: server.id, region: server.region, tenants },
        ...{ diskUsedMiB: disk.usedMiB, diskTotalMiB: disk.totalMiB, diskFreeMiB: disk.freeMiB },
        diskSource: disk.source,
        ...{ connections: connections.now, connectionsPeak: connections.peak, connectionsLimit: connections.limit },
        ...{ cpuMean: cpu.avg, cpuPeak: cpu.peak, cores: cpu.cores },
        ...{ memoryMean: memory.avg, memoryPeak: memory.peak, memoryTotalMiB: memory.totalMiB },
        storageFullInDays: daysOf("storage"),
        connectionsFullInDays: daysOf("connections"),
      };
    });
  }),
);

export const neighbours = pagedTable(shapes.neighboursTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => {
    const { pairs } = await showNeighbours.run(ctx, filter);
    return pairs.map(({ noisy, suffers, correlation, lagSteps, steps, chance }) => ({
      ...{ noisy: noisy.slug, noisyId: noisy.id, suffers: suffers.slug, suffersId: suffers.id },
      ...{ correlation, lagSteps, steps, chance },
    }));
  }),
);
