import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** The value below which a share of the values lies (nearest rank). */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export type Spread = { p50: number; p95: number; p99: number; most: number };

export function spread(values: number[]): Spread {
  const at = (share: number) => round(percentile(values, share));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) };
}

export function round(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

export function inWords({ p50, p95, p99, most }: Spread): string {
  return `p50 ${p50} ms · p95 ${p95} ms · p99 ${p99} ms · most ${most} ms`;
}

/** CPU milliseconds that a process has used so far (Linux). */
export function processMilliseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
    .map(Number);
  return ((fields[11] ?? 0) + (fields[12] ?? 0)) * 10;
}

export function machine(): string {
  const load = readFileSync("/proc/loadavg", "utf8").split(" ")[0];
  return `${cpus().length} cores, ${round(totalmem() / 2 ** 30, 0)} GiB, Node ${process.version}, load ${load}`;
}

/** A number given as --name=value. */
export function option(name: string, usual: number): number {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return given ? Number(given.split("=")[1]) : usual;
}
