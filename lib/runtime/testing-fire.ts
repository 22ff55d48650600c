import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "@/lib/kernel/clock";
import { createRuntime, type Runtime } from "./runtime";
import { startChaos } from "./testing-chaos";
import { type Act, acts, type Read } from "./testing-fire-acts";
import { type Answer, answerOf, site } from "./testing-fire-site";
import type { ControlSql, OwnServer, Stamped } from "./testing-postgres";

export type Fire = {
  server: OwnServer;
  control: ControlSql;
  tenants: Stamped[];
  clients: number;
  seconds: number;
  /** Rows to check at least, however slow the machine is; for a minute more at most. */
  least: number;
  /** The most connections over all tenants: fewer than tenants, so that they push each other out. */
  total: number;
  /** How often the tenants' server is restarted. */
  restarts: number;
};

export type Burnt = {
  requests: number;
  /** Rows that were read and checked. */
  rows: number;
  /** Rows that were not the asking tenant's own: must be empty. */
  wrong: string[];
  /** How often each kind of error was answered. */
  errors: Record<string, number>;
  chaos: Record<string, number>;
  pools: { connects: number; reuses: number; evictions: number; timeouts: number; mostOpen: number; left: number };
  /** Tenants that answered rightly once it was quiet again: all of them. */
  quiet: number;
  msRecovered: number;
  /** Whether nobody waited any more and every connection was given back. */
  drained: boolean;
};

/** Lets clients at an app of many tenants while everything goes wrong, and checks each row that they get. */
export async function fire(options: Fire): Promise<Burnt> {
  const { server, control, tenants, clients, seconds, least, total } = options;
  const pools = { total, perTenant: 3, waitMs: 3000, idleMs: 1500, statementMs: 5000 };
  const runtime = createRuntime({ clock: systemClock, pools, recheckMs: 2000 });
  const app = await site(runtime);
  const agent = new Agent({ keepAlive: true, maxSockets: clients + 4 });
  const burnt = empty();
  const until = performance.now() + seconds * 1000;
  const watch = setInterval(() => {
    burnt.pools.mostOpen = Math.max(burnt.pools.mostOpen, runtime.stats().open);
  }, 5);
  const chaos = startChaos({ ...options, until });
  const unfinished = () => {
    const over = performance.now() - until;
    return over < 0 || (burnt.rows < least && over < 60_000);
  };
  const visitor = async () => {
    while (unfinished()) await visit({ port: app.port, agent, tenants, burnt });
  };
  await Promise.all(Array.from({ length: clients }, visitor));
  burnt.chaos = await chaos;
  const quietFrom = performance.now();
  for (const tenant of tenants) if (await settled({ port: app.port, agent, tenant, burnt })) burnt.quiet++;
  burnt.msRecovered = Math.round(performance.now() - quietFrom);
  burnt.drained = await drained(runtime);
  clearInterval(watch);
  agent.destroy();
  app.server.close();
  const { connects, reuses, evictions, timeouts } = runtime.stats();
  await runtime.close();
  Object.assign(burnt.pools, { connects, reuses, evictions, timeouts, left: await backends(server) });
  await control("UPDATE tenants SET status = 'active'");
  return burnt;
}

function empty(): Burnt {
  const pools = { connects: 0, reuses: 0, evictions: 0, timeouts: 0, mostOpen: 0, left: 0 };
  return { requests: 0, rows: 0, wrong: [], errors: {}, chaos: {}, pools, quiet: 0, msRecovered: 0, drained: false };
}

type Visit = { port: number; agent: Agent; tenants: Stamped[]; burnt: Burnt };

const names = Object.keys(acts) as Act[];

/** One request of a random tenant; some visitors go away before the answer. */
async function visit({ port, agent, tenants, burnt }: Visit): Promise<void> {
  const [tenant, other] = [pick(tenants), pick(tenants)];
  const act = Math.random() < 0.4 ? "read" : pick(names);
  const patience = Math.random() < 0.1 ? Math.random() * 30 : undefined;
  const answer = await ask({ port, agent, host: tenant.slug, path: `/${act}?with=${other.slug}`, patience });
  burnt.requests++;
  if ("kind" in answer) {
    const kind = answer.kind.slice(0, 120);
    burnt.errors[kind] = (burnt.errors[kind] ?? 0) + 1;
  } else check(tenant, act, answer, burnt);
}

function check(tenant: Stamped, act: string, { tenantId, rows }: { tenantId: string; rows: Read[] }, burnt: Burnt) {
  if (tenantId !== tenant.id) burnt.wrong.push(`${act} of ${tenant.slug} ran as ${tenantId}`);
  for (const row of rows) {
    burnt.rows++;
    const own = row.tenant === tenant.id && row.database === tenant.database && row.role === tenant.role && !row.mark;
    if (!own) burnt.wrong.push(`${act} of ${tenant.slug} (${tenant.id}): ${JSON.stringify(row)}`);
  }
}

/** Few tenants are asked often and the others seldom, as it is. */
function pick<Item>(from: readonly Item[]): Item {
  const item = from[Math.floor(Math.random() ** 2 * from.length)];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}

type Asked = { port: number; agent: Agent; host: string; path: string; patience?: number | undefined };

async function ask({ port, agent, host, path, patience }: Asked): Promise<Answer> {
  return await new Promise((resolve) => {
    const headers = { host: `${host}.localhost` };
    const asking = request({ host: "127.0.0.1", port, agent, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.once("end", () => resolve(answerOf(text)));
      response.once("error", () => resolve({ kind: "visitor went away" }));
    });
    asking.once("error", () => resolve({ kind: "visitor went away" }));
    if (patience !== undefined) setTimeout(() => asking.destroy(), patience);
    asking.end();
  });
}

/** Asks one tenant, for ten seconds at most, until it is served; its row is checked like every other. */
async function settled({ port, agent, tenant, burnt }: Omit<Visit, "tenants"> & { tenant: Stamped }): Promise<boolean> {
  for (const from = performance.now(); performance.now() - from < 10_000; await delay(50)) {
    const answer = await ask({ port, agent, host: tenant.slug, path: `/read?with=${tenant.slug}` });
    if ("kind" in answer) continue;
    check(tenant, "read", answer, burnt);
    return true;
  }
  return false;
}

/** Waits until nobody waits and every connection was given back. */
async function drained(runtime: Runtime): Promise<boolean> {
  for (const from = performance.now(); performance.now() - from < 15_000; await delay(20)) {
    const { open, idle, waiting } = runtime.stats();
    if (waiting === 0 && open === idle) return true;
  }
  return false;
}

async function backends(server: OwnServer): Promise<number> {
  for (const from = performance.now(); ; await delay(50)) {
    const { rows } = await server.sql("SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname LIKE 't\\_%'");
    if (rows[0].n === 0 || performance.now() - from > 5000) return rows[0].n;
  }
}
