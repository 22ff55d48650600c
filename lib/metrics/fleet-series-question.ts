import { columnOf, fleetHold } from "@/lib/kernel/metrics";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { type FleetMetric, fleetMetrics } from "./contract";
import type { Window } from "./series";
import { minutesUntil } from "./tenant-minutes-question";

export type FleetRow = { [name in FleetMetric]: number | null } & { serverId: string; at: number; lastAt: number };

/** Each server's figures by bucket: from its minutes as far as they are made, where a step is whole minutes. */
export async function fleetBuckets(db: Db, window: Window): Promise<FleetRow[]> {
  const { from, to, step } = window;
  const made = step % 60_000 === 0 ? await minutesUntil(db) : 0;
  const cut = Math.min(Math.floor(made / step) * step, to);
  if (cut <= from) return await tickBuckets(db, window);
  const [minutes, ticks] = await Promise.all([
    minuteBuckets(db, from, cut, step),
    tickBuckets(db, { from: cut, to, step }),
  ]);
  return [...minutes, ...ticks.filter(({ at }) => at >= cut)];
}

const means = Prisma.raw(
  fleetMetrics.map((name) => `sum(${columnOf(name)}_sum) / sum(${columnOf(name)}_ms) AS "${name}"`).join(", "),
);

async function minuteBuckets(db: Db, from: number, to: number, step: number): Promise<FleetRow[]> {
  return await db.$queryRaw<FleetRow[]>`
    SELECT server_id::text AS "serverId",
           extract(epoch FROM date_bin(make_interval(secs => ${step / 1000}), at, 'epoch'))::float8 * 1000 AS at,
           extract(epoch FROM max(at) + interval '1 minute')::float8 * 1000 - ${step}::float8 AS "lastAt", ${means}
      FROM server_usage_minutes WHERE at >= ${new Date(from)} AND at < ${new Date(to)}
     GROUP BY 1, 2 ORDER BY 2`;
}

/** Each server's ticks by bucket: the mean of a bucket's ticks, which come on a steady beat. */
async function tickBuckets(db: Db, window: Window): Promise<FleetRow[]> {
  const from = new Date(window.from - fleetHold);
  const end = new Date(window.to + window.step);
  return await db.$queryRaw<FleetRow[]>`
    SELECT server_id::text AS "serverId",
           extract(epoch FROM date_bin(make_interval(secs => ${window.step / 1000}), at, 'epoch'))::float8 * 1000 AS at,
           extract(epoch FROM max(at))::float8 * 1000 AS "lastAt",
           avg(cpu) AS cpu, avg(cpu_unattributed) AS "cpuUnattributed",
           avg(memory) AS memory, avg(memory_unattributed) AS "memoryUnattributed",
           avg(buffers) AS buffers, avg(storage) AS storage, avg(requests) AS requests,
           avg(transactions) AS transactions, avg(connections) AS connections
      FROM server_ticks WHERE at >= ${from} AND at < ${end}
     GROUP BY 1, 2 ORDER BY 2`;
}

/** By which source the newest ticks measured CPU and memory. */
export async function fleetSources(db: Db, window: Window): Promise<{ cpu: string | null; memory: string | null }> {
  const rows = await db.$queryRaw<{ cpu: string | null; memory: string | null }[]>`
    SELECT cpu_source AS cpu, memory_source AS memory FROM server_ticks
     WHERE at >= ${new Date(window.from)} AND cpu_source IS NOT NULL ORDER BY at DESC LIMIT 1`;
  return rows[0] ?? { cpu: null, memory: null };
}
