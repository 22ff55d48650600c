import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { createRuntime } from "@/lib/runtime/runtime";

/** How a web process of the benchmark is made: handed over as JSON in its first argument. */
export type WebOptions = {
  /** The database of the fixed pool. */
  fixed: string;
  /** Its connections, and the runtime's over all tenants. */
  connections: number;
  perTenant: number;
  total: number;
  /** `{database}` and `{password}` stand in it: where plain clients sign in through PgBouncer. */
  pooler: string;
};

/** What the parent can ask a web process. */
export type Asks = {
  ports: { ask: undefined; answer: Record<"runtime" | "fixed" | "clean" | "context" | "plain", number> };
  /** resolve + context + checkout + release, in milliseconds, one at a time. */
  checkout: { ask: { host: string; times: number }; answer: number[] };
  /** The work of a request without HTTP. */
  direct: { ask: { how: "runtime" | "fixed"; hosts: string[]; concurrency: number; ms: number }; answer: number[] };
  /** The first request of each of these tenants. */
  first: { ask: { hosts: string[] }; answer: number[] };
  /** Resolving alone, in milliseconds. */
  resolve: { ask: { hosts: string[] }; answer: number[] };
  /** Runs a statement on each tenant at once and keeps their connections; then bytes of this process before and after. */
  hold: { ask: { hosts: string[]; urls?: string[] }; answer: { before: Memory; after: Memory } };
  letGo: { ask: undefined; answer: null };
  stats: { ask: undefined; answer: Record<string, number> };
};

export type Memory = { rss: number; heap: number };

const page = "SELECT id, seen, note FROM visits WHERE id = $1";
const options: WebOptions = JSON.parse(process.argv[2] ?? "{}");
const { perTenant, total, connections } = options;
const runtime = createRuntime({ app: "bench", pools: { perTenant, total, waitMs: 30_000, idleMs: 600_000 } });
const storage = new AsyncLocalStorage<string>();
const fixed = new pg.Pool({ connectionString: options.fixed, max: connections, idleTimeoutMillis: 0 });

/** With its length, as a whole answer: the asking side reads no chunks. */
function send(response: ServerResponse, row: unknown): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(row));
}

const listeners = {
  runtime: runtime.handler(async (_, response) => {
    const { rows } = await runtime.query(page, [7]);
    send(response, rows[0]);
  }),
  fixed: async (_, response) => {
    const { rows } = await fixed.query(page, [7]);
    send(response, rows[0]);
  },
  /** The fixed pool with nothing but what keeps one user's session from the next: its share of the runtime's cost. */
  clean: async (_, response) => {
    const client = await fixed.connect();
    const { rows } = await client.query(page, [7]);
    send(response, rows[0]);
    await client.query("DISCARD ALL");
    client.release();
  },
  /** The fixed pool within a context of AsyncLocalStorage: its share. */
  context: (_, response) =>
    storage.run("tenant", async () => {
      const { rows } = await fixed.query(page, [7]);
      send(response, rows[0]);
    }),
  /** An app that leaves pooling to PgBouncer: a client a request, in the tenant's database that its host names. */
  plain: async ({ headers }, response) => {
    const client = new pg.Client({ connectionString: poolerUrl(headers.host ?? "") });
    await client.connect();
    const { rows } = await client.query(page, [7]);
    await client.end();
    send(response, rows[0]);
  },
} satisfies Record<string, RequestListener>;

const passwords: Record<string, string> = JSON.parse(process.env.BENCH_PASSWORDS ?? "{}");

function poolerUrl(host: string): string {
  const slug = host.split(".")[0] ?? "";
  return options.pooler.replaceAll("{database}", slug.replace("-", "_")).replace("{password}", passwords[slug] ?? "");
}

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A request without HTTP: whose it is, its context, and its query. */
async function request(host: string): Promise<void> {
  const { tenant } = await runtime.admit({ method: "GET", url: "/visits/7", headers: { host } });
  await runtime.runInTenant(tenant, () => runtime.query(page, [7]));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

let release: () => void = () => undefined;
const held: pg.Client[] = [];

const answers: { [Name in keyof Asks]: (ask: Asks[Name]["ask"]) => Promise<Asks[Name]["answer"]> } = {
  ports: async () => ({
    runtime: await listen(listeners.runtime),
    fixed: await listen(listeners.fixed),
    clean: await listen(listeners.clean),
    context: await listen(listeners.context),
    plain: await listen(listeners.plain),
  }),
  checkout: async ({ host, times }) => {
    const taken: number[] = [];
    const borrow = () => runtime.withClient(async () => undefined);
    for (let number = 0; number < times; number++) {
      // The reset after the last loan is a round trip of PostgreSQL's: it is waited for, and not counted.
      for (;;) {
        const { idle, open } = runtime.stats();
        if (idle === open) break;
        await delay(1);
      }
      const cost = await timed(async () => {
        const { tenant } = await runtime.admit({ method: "GET", url: "/visits/7", headers: { host } });
        await runtime.runInTenant(tenant, borrow);
      });
      taken.push(cost);
    }
    return taken;
  },
  direct: async ({ how, hosts, concurrency, ms }) => {
    const taken: number[] = [];
    const until = performance.now() + ms;
    const work = how === "runtime" ? request : () => fixed.query(page, [7]);
    const one = async (first: number) => {
      for (let number = first; performance.now() < until; number++)
        taken.push(await timed(() => work(hosts[number % hosts.length] ?? "")));
    };
    await Promise.all(Array.from({ length: concurrency }, (_, first) => one(first)));
    return taken;
  },
  first: async ({ hosts }) => {
    const taken: number[] = [];
    for (const host of hosts) taken.push(await timed(() => request(host)));
    return taken;
  },
  resolve: async ({ hosts }) => {
    const taken: number[] = [];
    for (const host of hosts) taken.push(await timed(() => runtime.resolve(host)));
    return taken;
  },
  hold: async ({ hosts, urls }) => {
    const before = memory();
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    if (urls) for (const url of urls) held.push(await plainClient(url));
    else for (const host of hosts) await keep(host, gate);
    return { before, after: memory() };
  },
  letGo: async () => {
    release();
    for (const client of held.splice(0)) await client.end();
    return null;
  },
  stats: async () => ({ ...runtime.stats() }),
};

async function plainClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(page, [7]);
  return client;
}

/** Asks a tenant and keeps its connection on loan until the gate opens. */
async function keep(host: string, gate: Promise<void>): Promise<void> {
  const tenant = await runtime.resolve(host);
  await new Promise<void>((asked, failed) => {
    const work = runtime.withClient.bind(null, async (client) => {
      await client.query(page, [7]);
      asked();
      await gate;
    });
    runtime.runInTenant(tenant, work).catch(failed);
  });
}

function memory(): Memory {
  for (let times = 0; times < 3; times++) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

process.on("message", ({ id, name, ask }: { id: number; name: keyof Asks; ask: never }) => {
  answers[name](ask).then(
    (answer) => process.send?.({ id, answer }),
    (error: unknown) =>
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.once("disconnect", () => process.exit(0));
process.send?.({ id: 0, answer: null });
