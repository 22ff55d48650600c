import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { seal } from "@/lib/platform/keyring";
import { quoteName, quoteText, sqlState } from "@/lib/platform/postgres";
import { contexts } from "@/lib/platform/sealed-columns";
import type { ControlSql, OwnServer, Shutdown, Stamped } from "./testing-postgres";

type Chaos = {
  server: OwnServer;
  control: ControlSql;
  tenants: Stamped[];
  seconds: number;
  restarts: number;
  /** When to stop, on the clock of `performance.now()`. */
  until: number;
};

type Counts = { terminated: number; statusChanges: number; rotations: number; deafened: number; restarts: number };

/** Terminates, suspends, rotates and restarts until the time is up; returns how often each was done. */
export async function startChaos(chaos: Chaos): Promise<Counts> {
  const counts: Counts = { terminated: 0, statusChanges: 0, rotations: 0, deafened: 0, restarts: 0 };
  await Promise.all([
    repeat(chaos, 150, () => terminate(chaos, counts)),
    repeat(chaos, 100, () => suspend(chaos, counts)),
    repeat(chaos, 100, () => rotate(chaos, counts)),
    repeat(chaos, 2000, () => deafen(chaos, counts)),
    restart(chaos, counts),
  ]);
  return counts;
}

async function repeat({ until }: Chaos, everyMs: number, work: () => Promise<void>): Promise<void> {
  while (performance.now() < until) {
    await work();
    await delay(everyMs * (0.5 + Math.random()));
  }
}

/** What is asked of the server while it is down is not done; a mistake of ours is one still. */
async function ifUp<Result>(work: Promise<Result>): Promise<Result | undefined> {
  return await work.catch((error: unknown) => {
    if (sqlState(error)?.startsWith("42")) throw error;
    return undefined;
  });
}

async function terminate({ server }: Chaos, counts: Counts): Promise<void> {
  const ended = await ifUp(
    server.sql(`SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE datname LIKE 't\\_%'
      ORDER BY random() LIMIT 2) AS few`),
  );
  counts.terminated += ended?.rowCount ?? 0;
}

function any(tenants: Stamped[]): Stamped {
  const tenant = tenants[Math.floor(Math.random() * tenants.length)];
  if (!tenant) throw new Error("There are no tenants.");
  return tenant;
}

async function suspend({ server, control, tenants }: Chaos, counts: Counts): Promise<void> {
  const { id, database } = any(tenants);
  await setStatus(control, id, "suspended");
  await ifUp(server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [database]));
  await delay(Math.random() * 200);
  await setStatus(control, id, "active");
  counts.statusChanges += 2;
}

async function setStatus(control: ControlSql, id: string, status: string): Promise<void> {
  await control("UPDATE tenants SET status = $2::tenant_status WHERE id = $1", [id, status]);
  await control("SELECT pg_notify('tenantry_tenant', $1)", [id]);
}

/** As the console rotates: written down, given to the role, taken for the one. A server that is down is tried again. */
async function rotate({ server, control, tenants }: Chaos, counts: Counts): Promise<void> {
  const { id, role } = any(tenants);
  const password = randomBytes(12).toString("hex");
  await control("UPDATE tenants SET next_secret = $2 WHERE id = $1", [id, await seal(password, contexts.tenant(id))]);
  await control("SELECT pg_notify('tenantry_tenant', $1)", [id]);
  const change = () => server.sql(`ALTER ROLE ${quoteName(role)} PASSWORD ${quoteText(password)}`);
  while (!(await ifUp(change()))) await delay(50);
  await control("UPDATE tenants SET secret = next_secret, next_secret = NULL WHERE id = $1", [id]);
  await control("SELECT pg_notify('tenantry_tenant', $1)", [id]);
  counts.rotations++;
}

async function deafen({ control }: Chaos, counts: Counts): Promise<void> {
  const { rowCount } = await control(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
  );
  counts.deafened += rowCount ?? 0;
}

async function restart({ server, seconds, restarts }: Chaos, counts: Counts): Promise<void> {
  for (let number = 0; number < restarts; number++) {
    await delay((seconds * 1000) / (restarts + 1));
    const how: Shutdown = number % 2 === 0 ? "fast" : "immediate";
    await server.down(how);
    await server.up();
    counts.restarts++;
  }
}
