import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import pg from "pg";
import { expect } from "vitest";
import { quoteName } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import type { TestControl } from "@/lib/platform/testing";

/** For tests: the real worker, in a process of its own with this environment, at the moment it is ready. */
export async function startWorker(environment: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "lib/worker/main.ts"], {
    env: { BULK_LEASE_SECONDS: "1", ...environment, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(child, "message");
  return child;
}

/** For tests: ends a worker as a power cut would. Its leases last on. */
export async function killWorker(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** For tests: lets the time go by after which a run's items are taken from who holds them. */
export async function lapseLeases(run: string): Promise<void> {
  await controlDb().$executeRaw`
    UPDATE bulk_items SET lease_until = clock_timestamp() - interval '1 s'
     WHERE run_id = ${run}::uuid AND status = 'running'`;
}

/** For tests: waits until something is so, as often as it takes. */
export async function until(so: () => Promise<boolean>): Promise<void> {
  await expect.poll(so, { timeout: 60_000, interval: 50 }).toBe(true);
}

/** For tests: waits until a run has come to its end. */
export async function untilFinished(run: string): Promise<void> {
  await until(async () => {
    const { status } = await controlDb().bulkRun.findUniqueOrThrow({ where: { id: run } });
    return status === "finished";
  });
}

/** A place at which the work stands still until it is let go on. */
export type Stop = { isReached: () => Promise<boolean>; open: () => Promise<void> };

/**
 * For tests: a stop within a tenant's database: whatever does `loop` there, in PL/pgSQL, waits while it is closed. What
 * closes it is a role of the server's, since that is seen from every database; who waits holds a lock of its number.
 */
export async function stopInside(control: TestControl): Promise<Stop & { loop: string }> {
  const number = randomInt(1, 2 ** 31);
  const name = `tenantry_test_stop_${number}`;
  await control.sql(`CREATE ROLE ${quoteName(name)}`, [], "postgres");
  const closed = `EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}')`;
  const held = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid::int8 = $1";
  return {
    loop: `PERFORM pg_advisory_xact_lock_shared(${number}); WHILE ${closed} LOOP PERFORM pg_sleep(0.02); END LOOP;`,
    isReached: async () => ((await control.sql(held, [number], "postgres")).rowCount ?? 0) > 0,
    open: async () => void (await control.sql(`DROP ROLE IF EXISTS ${quoteName(name)}`, [], "postgres")),
  };
}

/**
 * For tests: a stop in the control database or on its server: what needs what `lock` locks waits, which is seen by the
 * beginning of a statement, a regular expression. Who waits still when it opens is cut off.
 */
export async function stopAtLock(control: TestControl, lock: string, waiter: string): Promise<Stop> {
  const client = new pg.Client({ connectionString: control.url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query(`BEGIN; ${lock}`);
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const waiting = async () =>
    (
      await control.sql("SELECT pid FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid)) AND query ~ $2", [
        rows[0]?.pid,
        waiter,
      ])
    ).rows;
  return {
    isReached: async () => (await waiting()).length > 0,
    open: async () => {
      for (const { pid } of await waiting()) await control.sql("SELECT pg_terminate_backend($1)", [pid]);
      await client.end();
    },
  };
}
