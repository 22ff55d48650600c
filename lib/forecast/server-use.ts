import { usageTable } from "@/lib/history/columns";
import type { Points } from "@/lib/history/shapes";
import { type Db, Prisma } from "@/lib/platform/prisma";

/** What a server used over a time: tenants and what no tenant owns. */
export type ServerUse = {
  storageNow: number | null;
  connectionsNow: number | null;
  connectionsPeak: number | null;
  cpuAvg: number | null;
  cpuPeak: number | null;
  memoryAvg: number | null;
  memoryPeak: number | null;
  storage: Points;
  connected: Points;
};

type Row = {
  id: string;
  at: number;
  storage: number | null;
  connected: number | null;
  connectionsNow: number | null;
  cpu: number | null;
  cpuMs: number | null;
  cpuPeak: number | null;
  memory: number | null;
  memoryMs: number | null;
  memoryPeak: number | null;
};

/** A server's highest CPU or memory: tenants' and the rest may peak at different moments, so it is no less than either. */
const peakOf = (metric: "cpu" | "memory") =>
  Prisma.raw(`greatest(${metric}_max, ${metric}_unattributed_max, ${whole(metric)})::float8`);

const whole = (metric: "cpu" | "memory"): string =>
  `(${metric}_sum / nullif(${metric}_ms, 0) + coalesce(${metric}_unattributed_sum / nullif(${metric}_unattributed_ms, 0), 0))`;

/** What each server used between two times (Unix milliseconds), a point an hour or day. */
export async function readServers(
  db: Db,
  { from, to }: { from: number; to: number },
  level: "hour" | "day",
): Promise<Map<string, ServerUse>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT server_id AS id, extract(epoch FROM at)::float8 * 1000 AS at, storage_last::float8 AS storage,
           connections_max::float8 AS connected, connections_last::float8 AS "connectionsNow",
           ${Prisma.raw(whole("cpu"))} AS cpu, cpu_ms::float8 AS "cpuMs", ${peakOf("cpu")} AS "cpuPeak",
           ${Prisma.raw(whole("memory"))} AS memory, memory_ms::float8 AS "memoryMs", ${peakOf("memory")} AS "memoryPeak"
      FROM ${usageTable("server", level)} WHERE at >= ${new Date(from)} AND at < ${new Date(to)} ORDER BY at`;
  const byId = new Map<string, Row[]>();
  for (const row of rows) byId.set(row.id, [...(byId.get(row.id) ?? []), row]);
  return new Map([...byId].map(([id, own]) => [id, useOf(own)]));
}

function useOf(rows: Row[]): ServerUse {
  const known = (name: Exclude<keyof Row, "id">) => rows.map((row) => row[name]).filter((value) => value !== null);
  const highest = (name: Exclude<keyof Row, "id">) =>
    known(name).reduce<number | null>((most, value) => Math.max(most ?? value, value), null);
  // An hour or day counts by how long it is known: the newest has only begun.
  const average = (name: "cpu" | "memory") => {
    const [sum, ms] = rows.reduce(
      ([value, time], row) => [value + (row[name] ?? 0) * (row[`${name}Ms`] ?? 0), time + (row[`${name}Ms`] ?? 0)],
      [0, 0],
    );
    return ms === 0 ? null : sum / ms;
  };
  return {
    storageNow: known("storage").at(-1) ?? null,
    connectionsNow: known("connectionsNow").at(-1) ?? null,
    connectionsPeak: highest("connected"),
    cpuAvg: average("cpu"),
    cpuPeak: highest("cpuPeak"),
    memoryAvg: average("memory"),
    memoryPeak: highest("memoryPeak"),
    storage: rows.map(({ at, storage }) => [at, storage]),
    connected: rows.map(({ at, connected }) => [at, connected]),
  };
}
