import { readFileSync } from "node:fs";

/** A process as /proc/<pid>/stat shows it (proc_pid_stat(5)). */
export type Process = {
  pid: number;
  parent: number;
  /** CPU time in clock ticks: its own and that of children it has waited for (utime, stime, cutime, cstime). */
  cpu: number;
  /** When it started, in clock ticks since boot: with the pid, what tells a process from a later one. */
  start: number;
  /** Resident pages, shared ones included: only a sign that its memory moved. */
  resident: number;
};

/** A server's processes at one moment. */
export type ProcessTable = {
  postmaster: number;
  processes: Map<number, Process>;
  /** CPU time of the whole server since it started, in clock ticks; ended children are in the postmaster's share. */
  total: number;
  /** When it was read, in clock ticks since boot. */
  readAt: number;
};

/** Clock ticks in a second and bytes in a page, as the kernel told this process (getauxval(3)). */
export const machine = readMachine();

function readMachine(): { ticks: number; page: number } {
  const numbers = new Map<number, number>();
  const vector = contents("/proc/self/auxv", "latin1");
  const bytes = Buffer.from(vector ?? "", "latin1");
  for (let at = 0; at + 16 <= bytes.length; at += 16) {
    numbers.set(Number(bytes.readBigUInt64LE(at)), Number(bytes.readBigUInt64LE(at + 8)));
  }
  return { ticks: numbers.get(17) ?? 100, page: numbers.get(6) ?? 4096 };
}

/** Reads a process, or undefined when it has ended. */
export function readProcess(pid: number): Process | undefined {
  const line = contents(`/proc/${pid}/stat`);
  if (!line) return undefined;
  // The second field is a name in parentheses that may hold spaces; what follows it is fixed. Field 3 is index 0.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3]);
  return {
    pid,
    parent: field(4),
    cpu: field(14) + field(15) + field(16) + field(17),
    start: field(22),
    resident: field(24),
  };
}

/**
 * Reads a server's processes. The postmaster comes first: a child that ends meanwhile is then missing for a moment,
 * which a high-water mark swallows, and is never counted twice.
 */
export function readProcesses(postmaster: number, known: number[]): ProcessTable | null {
  const readAt = Math.floor(uptime() * machine.ticks);
  const parent = readProcess(postmaster);
  if (!parent) return null;
  const processes = new Map([[postmaster, parent]]);
  for (const pid of children(postmaster) ?? known) {
    const child = readProcess(pid);
    if (child?.parent === postmaster) processes.set(pid, child);
  }
  const total = [...processes.values()].reduce((sum, process) => sum + process.cpu, 0);
  return { postmaster, processes, total, readAt };
}

/** The children of a process, where the kernel lists them (CONFIG_PROC_CHILDREN). */
function children(pid: number): number[] | undefined {
  return contents(`/proc/${pid}/task/${pid}/children`)?.split(" ").filter(Boolean).map(Number);
}

/** Seconds since boot. */
export function uptime(): number {
  return Number(contents("/proc/uptime")?.split(" ")[0] ?? 0);
}

/** A process's name, without its arguments. */
export function processName(pid: number): string {
  return contents(`/proc/${pid}/comm`)?.trim() ?? "";
}

/** Pages of a process that are neither file-backed nor shared memory (proc_pid_statm(5): resident less shared). */
export function anonymousPages(pid: number): number | undefined {
  const fields = contents(`/proc/${pid}/statm`)?.split(" ").map(Number);
  return fields ? Math.max(0, (fields[1] ?? 0) - (fields[2] ?? 0)) : undefined;
}

/**
 * A process's anonymous memory in bytes, each page divided by the number of processes that share it; undefined where
 * it may not be read. Not RSS, which counts shared buffers in full in every backend; and not private memory only:
 * a backend is forked, so what the postmaster loaded is shared copy-on-write and would be in nobody's figure.
 */
export function proportionalAnonymous(pid: number): number | undefined {
  const kilobytes = contents(`/proc/${pid}/smaps_rollup`)?.match(/^Pss_Anon:\s+(\d+) kB/m)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function contents(path: string, encoding: "utf8" | "latin1" = "utf8"): string | undefined {
  try {
    return readFileSync(path, encoding);
  } catch {
    return undefined;
  }
}
