import { count, inWords, showMetric } from "@/components/ui/format";
import type { ProcessView } from "@/lib/processes/contract";
import type { Rates } from "./rates";

/** The states as badges. */
export const stateBadges = {
  running: { word: "Running", tone: "ok" },
  silent: { word: "Silent", tone: "bad" },
  stopped: { word: "Stopped", tone: "quiet" },
} as const;

/** From this share of its connections on, a process is near its limit. */
export const nearLimit = 0.9;

/** A process, as one would name it to a colleague. */
export function nameOf({ app, host, pid }: Pick<ProcessView, "app" | "host" | "pid">): string {
  return `${app} on ${host}, pid ${pid}`;
}

export const perSecond = (value: number): string => inWords(showMetric("waits", value));
export const milliseconds = (value: number): string => inWords(showMetric("waitTime", value));
export const percent = (share: number): string => inWords(showMetric("cacheHit", share * 100));

/** Those that need somebody's eyes first, the others as they were: silent ones, then those short of connections. */
export function troubledFirst(processes: readonly ProcessView[]): ProcessView[] {
  const rank = ({ state, waiting, open, limits }: ProcessView) => {
    if (state !== "running") return state === "silent" ? 0 : 3;
    return waiting > 0 || open >= limits.total * nearLimit ? 1 : 2;
  };
  return [...processes].sort((one, other) => rank(one) - rank(other));
}

/** What is wrong at this moment, the worst first; nothing when all is well. */
export function troublesOf(processes: readonly ProcessView[], rates: Rates | undefined): string[] {
  const running = processes.filter(({ state }) => state === "running");
  const waiting = running.reduce((sum, process) => sum + process.waiting, 0);
  return [
    ...silentOnes(processes, running.length),
    ...(rates && rates.timeouts > 0
      ? [`Requests give up waiting for a connection: ${perSecond(rates.timeouts)}.`]
      : []),
    ...(waiting > 0
      ? [waiting === 1 ? "One request waits for a connection." : `${count(waiting)} requests wait for a connection.`]
      : []),
    ...shortened(
      running.filter(({ open, limits }) => open >= limits.total * nearLimit),
      (process) => `${nameOf(process)}, has ${process.open} of its ${process.limits.total} connections open.`,
      (n) => `${n} processes have nearly all of their connections open.`,
    ),
  ];
}

function silentOnes(processes: readonly ProcessView[], running: number): string[] {
  const silent = processes.filter(({ state }) => state === "silent");
  if (silent.length === 0 && running === 0) return ["No app process runs."];
  if (silent.length > 0 && running === 0) return ["No app process runs: all that are known went silent."];
  return shortened(
    silent,
    (process) => `${nameOf(process)}, went silent: it was killed, hangs, or can't reach the control database.`,
    (n) => `${n} processes went silent: they were killed, hang, or can't reach the control database.`,
  );
}

function shortened(all: ProcessView[], one: (process: ProcessView) => string, many: (n: number) => string): string[] {
  return all.length > 3 ? [many(all.length)] : all.map(one);
}
