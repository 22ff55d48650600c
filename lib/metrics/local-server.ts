import type pg from "pg";
import type { ServerAccess } from "@/lib/platform/postgres";
import { machine, processName, readProcess, uptime } from "./processes";

const loopback = /^(localhost|127(\.\d+){3}|::1|\/.*)$/;

/** Seconds by which the two clocks may disagree about a process's age. */
const tolerance = 3;

/**
 * The pid of the server's postmaster, if the server runs on this machine: null otherwise. A loopback address is
 * not enough (a tunnel, a container): our own backend must be a process here, named postgres and equally old.
 */
export async function localPostmaster(access: ServerAccess, client: pg.Client): Promise<number | null> {
  if (!loopback.test(access.host)) return null;
  const { rows } = await client.query<{ pid: number; age: number }>(
    `SELECT pid, extract(epoch FROM clock_timestamp() - backend_start)::float8 AS age
       FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
  );
  const backend = rows[0];
  const process = backend && readProcess(backend.pid);
  if (!process || !processName(process.pid).startsWith("postgres")) return null;
  const age = uptime() - process.start / machine.ticks;
  return Math.abs(age - backend.age) <= tolerance ? process.parent : null;
}
