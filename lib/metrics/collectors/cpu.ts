import type { Collector, Findings, Found, Round } from "../collector";
import { machine, type Process, type ProcessTable } from "../processes";
import { HighWater, minimumSeconds } from "../rules";
import { databaseLoad } from "./database-load";

/**
 * CPU in percent of one core. Where the server is local: the movement of each backend's CPU time in /proc, summed by
 * its database. Elsewhere the database load.
 */
export const cpu: Collector = () => {
  const byProcess = processTime();
  const byLoad = databaseLoad();
  return (round) => (round.processes ? byProcess(round, round.processes) : byLoad(round));
};

type Before = { at: number; table: ProcessTable };

function processTime(): (round: Round, table: ProcessTable) => Findings {
  let before: Before | undefined;
  let attributed = 0;
  const rest = new HighWater();
  return (round, table) => {
    const seconds = before ? round.at - before.at : Number.POSITIVE_INFINITY;
    if (seconds < minimumSeconds) return { values: {} };
    const used = ticksByDatabase(round, table, before?.table);
    attributed += [...used.values()].reduce((sum, ticks) => sum + ticks, 0);
    // Cumulative, so that the parts add up to the server over time, whatever ends or is reaped between two readings.
    const unattributed = rest.rise(table.total - attributed);
    const first = !before;
    before = { at: round.at, table };
    if (first) return { values: {} };
    const percent = (ticks: number) => (ticks / machine.ticks / seconds) * 100;
    const found: Found = new Map(
      round.targets.map(({ id, datid }) => [id, { value: percent(used.get(datid) ?? 0), source: "proc" }]),
    );
    return { values: { cpu: found }, unattributed: { cpu: percent(unattributed ?? 0) } };
  };
}

function ticksByDatabase(round: Round, table: ProcessTable, before: ProcessTable | undefined): Map<number, number> {
  const used = new Map(round.targets.map(({ datid }) => [datid, 0]));
  for (const { pid, datid } of round.backends) {
    const sum = used.get(datid);
    const process = table.processes.get(pid);
    if (sum !== undefined && process && before) used.set(datid, sum + moved(process, before));
  }
  return used;
}

/** What a process used since the last reading; all it ever used if it was born after that. */
function moved(process: Process, before: ProcessTable): number {
  const earlier = before.processes.get(process.pid);
  if (earlier?.start === process.start) return Math.max(0, process.cpu - earlier.cpu);
  return process.start >= before.readAt ? process.cpu : 0;
}
