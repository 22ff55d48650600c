import { readFileSync } from "node:fs";
import { availableParallelism, cpus, freemem, totalmem } from "node:os";

/** What the machine that this ran on used meanwhile. */
export type MachineFigures = {
  cores: number;
  /** Percent of all cores together, as the operating system counted: the mean over the time, and the busiest half second. */
  cpuMean: number | null;
  cpuMost: number | null;
  /** Percent of one core that the asking process itself used. */
  ownCpu: number | null;
  /** MiB in use when it began, and the most of all samples. */
  memoryBefore: number;
  memoryMost: number;
  memoryTotal: number;
  samples: number;
};

const everyMs = 500;

/** Watches the machine's CPU and memory each half second until `stop` is called, which tells what was seen. */
export function watchMachine(): { stop: () => MachineFigures } {
  const began = { at: performance.now(), busy: busyMs(), own: process.cpuUsage() };
  const memoryBefore = usedMb();
  const seen = { most: memoryBefore, cpuMost: null as number | null, samples: 1, last: busyMs() };
  const look = () => {
    const busy = busyMs();
    const share = shareOf(seen.last, busy);
    if (share !== null) seen.cpuMost = Math.max(seen.cpuMost ?? 0, share);
    Object.assign(seen, { last: busy, most: Math.max(seen.most, usedMb()), samples: seen.samples + 1 });
  };
  const timer = setInterval(look, everyMs).unref();
  return {
    stop: () => {
      clearInterval(timer);
      const ms = performance.now() - began.at;
      const { user, system } = process.cpuUsage(began.own);
      const cpuMean = shareOf(began.busy, busyMs());
      return {
        cores: availableParallelism(),
        ...{ cpuMean, cpuMost: seen.cpuMost ?? cpuMean, ownCpu: tenth((user + system) / 10 / ms) },
        ...{
          memoryBefore,
          memoryMost: seen.most,
          memoryTotal: Math.round(totalmem() / 2 ** 20),
          samples: seen.samples,
        },
      };
    },
  };
}

function busyMs(): { busy: number; all: number } {
  const sum = { busy: 0, all: 0 };
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq;
    sum.all += all;
    sum.busy += all - times.idle;
  }
  return sum;
}

/** Null where the operating system's counts did not move, as in some containers. */
function shareOf(before: { busy: number; all: number }, after: { busy: number; all: number }): number | null {
  const all = after.all - before.all;
  return all <= 0 ? null : tenth((100 * (after.busy - before.busy)) / all);
}

/** What could not be given to a new program: free memory alone would call the file cache used. */
function usedMb(): number {
  try {
    const available = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
    if (available !== undefined) return Math.round(totalmem() / 2 ** 20 - Number(available) / 1024);
  } catch {
    // Only Linux has it.
  }
  return Math.round((totalmem() - freemem()) / 2 ** 20);
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
