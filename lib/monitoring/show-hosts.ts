import { operation } from "@/lib/gate/operation";
import { fleetHold } from "@/lib/kernel/metrics";
import { type ServerState, serverStates } from "@/lib/metrics/overview-questions";
import { askProcesses, type Told } from "@/lib/platform/presence";
import { stateOf } from "@/lib/servers/list-servers";
import { ageOf } from "./age";
import { systemMonitorContract } from "./contract";

export const showHosts = operation(systemMonitorContract, async ({ db, now }) => {
  const { told, silent } = await askProcesses();
  const at = now();
  const rows = await db.server.findMany({ orderBy: { name: "asc" } });
  const states = await serverStates(db, new Date(at.getTime() - fleetHold));
  return {
    ...{ hosts: hosts(told), silent },
    servers: rows.map((row) => {
      const { id, name, region, version, cores, memoryMb, diskTotalMb, diskFreeMb, maxConnections } = row;
      const tick = states.find((one) => one.id === id);
      return {
        ...{ id, name, region, version, state: stateOf(row, at), cores, memoryMb, diskTotalMb, diskFreeMb },
        ...{ maxConnections, cpu: cpuOf(tick), roundMs: tick?.durationMs ?? null, ...ageOf(row.lastTickAt, at) },
      };
    }),
    at: at.toISOString(),
  };
});

function hosts(told: Told[]) {
  const names = [...new Set(told.map(({ host }) => host))].sort();
  return names.flatMap((name) => {
    const here = told.filter(({ host }) => host === name);
    const [one] = here;
    if (!one) return [];
    const { host, cores, hostMemoryMb, hostFreeMb, load } = one;
    const processes = here.map(({ kind, pid, memoryMb }) => ({ kind, pid, memoryMb: Math.round(memoryMb) }));
    return [{ host, cores, memoryMb: Math.round(hostMemoryMb), freeMb: Math.round(hostFreeMb), load, processes }];
  });
}

function cpuOf(tick: ServerState | undefined) {
  const { cpu = null, cpuUnattributed = null, cpuSource = null } = tick ?? {};
  const whole = cpu === null || cpuUnattributed === null ? null : cpu + cpuUnattributed;
  const share = whole === null || cpuUnattributed === null || whole === 0 ? null : cpuUnattributed / whole;
  return { tenants: cpu, unattributed: cpuUnattributed, unattributedShare: share, source: cpuSource };
}
