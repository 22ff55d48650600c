import { staleSeconds } from "@/lib/kernel/metrics";
import type { Overview } from "./contract";
import type { ServerState } from "./overview-questions";

type Health = Overview["health"][number];

/** Milliseconds beyond which an answer of the control database is slow. */
const slow = 250;

/** How the control database answers. */
export function controlHealth(milliseconds: number): Health {
  const detail = `answers in ${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
  return { name: "Control database", state: milliseconds > slow ? "warning" : "ok", detail };
}

/** How a server is measured. */
export function serverHealth(server: ServerState, now: Date): Health {
  const name = `Server ${server.name}`;
  if (server.lastError !== null) return { name, state: "down", detail: server.lastError };
  if (server.lastTickAt === null) return { name, state: "warning", detail: "not measured yet" };
  const age = secondsSince(server.lastTickAt, now);
  if (age > staleSeconds) return { name, state: "warning", detail: `no figures for ${inWords(age)}` };
  const duration = server.durationMs === null ? "" : `; a round takes ${Math.round(server.durationMs)} ms`;
  return { name, state: "ok", detail: `measured ${inWords(age)} ago${duration}` };
}

/** Whether anything collects: the newest tick of any server. */
export function collectorHealth(servers: ServerState[], now: Date): Health {
  const name = "Collector";
  const newest = newestTick(servers);
  if (servers.length === 0) return { name, state: "warning", detail: "there is no server to measure" };
  if (newest === null) return { name, state: "warning", detail: "has not measured anything yet" };
  const age = secondsSince(newest, now);
  if (age > staleSeconds)
    return { name, state: "down", detail: `last round ${inWords(age)} ago: is a worker running?` };
  return { name, state: "ok", detail: `last round ${inWords(age)} ago` };
}

/** Whether the worker keeps up with its queue. */
export function queueHealth({ waiting, seconds }: { waiting: number; seconds: number }): Health {
  const name = "Job queue";
  if (waiting === 0) return { name, state: "ok", detail: "nothing waits" };
  const detail = `${waiting} waiting, the oldest for ${inWords(seconds)}`;
  return { name, state: seconds > 30 ? "warning" : "ok", detail };
}

/** When any server was last measured. */
export function newestTick(servers: ServerState[]): Date | null {
  const times = servers.flatMap(({ lastTickAt }) => lastTickAt?.getTime() ?? []);
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

function secondsSince(then: Date, now: Date): number {
  return Math.max(0, (now.getTime() - then.getTime()) / 1000);
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
