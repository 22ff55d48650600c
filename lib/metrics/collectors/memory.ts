import type { Source } from "@/lib/kernel/metrics";
import { bytesInMiB, type Collector, everyone, type Findings, type Found, type Round } from "../collector";
import { anonymousPages, machine, type Process, type ProcessTable, proportionalAnonymous } from "../processes";

/** A process's figure, and what it was when the dearer file was last read. */
type Kept = Process & { bytes: number; source: Source; read: { pages: number; bytes: number } };

/**
 * Bytes by which anonymous memory must move before the dearer file is read again. A smaller move is added as it is:
 * what a backend takes and gives back is its own, not shared.
 */
const noticeable = bytesInMiB;

/** Milliseconds of a round that may go into smaps_rollup, which walks a process's page tables. */
const budget = 25;

/** Anonymous memory of each tenant's backends in MiB, where the server is local; unknown elsewhere. */
export const memory: Collector = () => {
  let kept = new Map<number, Kept>();
  return (round) => {
    if (!round.processes) return { values: { memory: everyone(round, null) } };
    kept = measure(round.processes, kept);
    return attribute(round, kept);
  };
};

/** Measures the processes that are new or did something since; an idle one keeps its figure. */
function measure(table: ProcessTable, before: Map<number, Kept>): Map<number, Kept> {
  const deadline = performance.now() + budget;
  const now = new Map<number, Kept>();
  for (const process of table.processes.values()) {
    const known = before.get(process.pid);
    const same = known?.start === process.start ? known : undefined;
    const idle = same?.cpu === process.cpu && same.resident === process.resident;
    const kept = idle ? same : measureOne(process, same, performance.now() < deadline);
    if (kept) now.set(process.pid, kept);
  }
  return now;
}

function measureOne(process: Process, before: Kept | undefined, mayTakeTime: boolean): Kept | undefined {
  const pages = anonymousPages(process.pid);
  if (pages === undefined) return undefined;
  const moved = before ? (pages - before.read.pages) * machine.page : 0;
  if (before?.source === "pss_anon" && Math.abs(moved) < noticeable) {
    return { ...process, bytes: Math.max(0, before.read.bytes + moved), source: "pss_anon", read: before.read };
  }
  const bytes = mayTakeTime ? proportionalAnonymous(process.pid) : undefined;
  if (bytes !== undefined) return { ...process, bytes, source: "pss_anon", read: { pages, bytes } };
  const all = pages * machine.page;
  return { ...process, bytes: all, source: "statm", read: { pages, bytes: all } };
}

function attribute(round: Round, kept: Map<number, Kept>): Findings {
  const sums = new Map(round.targets.map(({ datid }) => [datid, { bytes: 0, source: "pss_anon" as Source }]));
  const owner = new Map(round.backends.map(({ pid, datid }) => [pid, datid]));
  let rest = 0;
  for (const { pid, bytes, source } of kept.values()) {
    const sum = sums.get(owner.get(pid) ?? 0);
    if (!sum) rest += bytes;
    else sums.set(owner.get(pid) ?? 0, { bytes: sum.bytes + bytes, source: source === "statm" ? source : sum.source });
  }
  const found: Found = new Map();
  for (const { id, datid } of round.targets) {
    const sum = sums.get(datid);
    if (sum) found.set(id, { value: sum.bytes / bytesInMiB, source: sum.source });
  }
  return { values: { memory: found }, unattributed: { memory: rest / bytesInMiB } };
}
