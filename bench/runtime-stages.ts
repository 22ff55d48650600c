import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { freePort } from "@/lib/platform/free-port";
import { processMilliseconds, round, type Spread, spread } from "./measuring";
import type { BenchTenant, OwnPostgres } from "./own-postgres";
import { load } from "./runtime-load";
import type { Web } from "./runtime-webs";

/** `cpuMs` is what web processes and PostgreSQL's backends used together, for each request. */
export type Round = { perSecond: number; ms: Spread; cpuMs: number };

/** One way of answering, compared with the reference in the same rounds; ratios are medians of the rounds' own. */
export type Compared = {
  reference: Round;
  measured: Round;
  /** Median response time to the reference's: 1 is as fast, 2 takes twice as long. */
  latency: number;
  /** The reference's requests a second to these: 1 is as many, 2 is half. */
  throughput: number;
  /** CPU time a request to the reference's: what noise on the machine changes least. */
  cpu: number;
};

/** Asks for a while, so many at a time. */
export type Way = (concurrency: number) => Promise<{ perSecond: number; times: number[] }>;

/** Rounds of both ways in turn, so that the machine's noise hits both. */
export async function compare(
  { reference, measured, cpu }: { reference: Way; measured: Way; cpu: () => Promise<number> },
  concurrency: number,
  rounds: number,
): Promise<Compared> {
  const ones: Round[] = [];
  const others: Round[] = [];
  for (let number = 0; number < rounds; number++) {
    const order = [
      { way: reference, into: ones },
      { way: measured, into: others },
    ];
    for (const { way, into } of number % 2 === 0 ? order : order.reverse()) {
      const before = await cpu();
      const { perSecond, times } = await way(concurrency);
      const cpuMs = round(((await cpu()) - before) / times.length, 3);
      into.push({ perSecond: round(perSecond), ms: fine(times), cpuMs });
    }
  }
  const ratios = ones.map((one, number) => ({
    latency: (others[number]?.ms.p50 ?? Number.NaN) / one.ms.p50,
    throughput: one.perSecond / (others[number]?.perSecond ?? Number.NaN),
    cpu: (others[number]?.cpuMs ?? Number.NaN) / one.cpuMs,
  }));
  return {
    ...{ reference: typical(ones), measured: typical(others) },
    latency: round(median(ratios.map(({ latency }) => latency)), 2),
    throughput: round(median(ratios.map(({ throughput }) => throughput)), 2),
    cpu: round(median(ratios.map(({ cpu }) => cpu)), 2),
  };
}

export function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

function typical(of: Round[]): Round {
  const sorted = of.toSorted((one, other) => one.perSecond - other.perSecond);
  const middle = sorted[sorted.length >> 1];
  if (!middle) throw new Error("There were no rounds.");
  return middle;
}

/** CPU milliseconds that web processes and tenants' backends have used so far. */
export async function cpuOf(own: OwnPostgres, webs: Web[]): Promise<number> {
  const { rows } = await own.sql("SELECT pid FROM pg_stat_activity WHERE datname LIKE 'tenant\\_%'");
  const pids = [...webs.map(({ pid }) => pid), ...rows.map(({ pid }) => Number(pid))];
  return pids.reduce((sum, pid) => sum + used(pid), 0);
}

/** Nothing for a backend that has ended since it was listed. */
function used(pid: number): number {
  return existsSync(`/proc/${pid}/stat`) ? processMilliseconds(pid) : 0;
}

/** A spread with three decimals: a request takes less than a millisecond. */
export function fine(times: number[]): Spread {
  const { p50, p95, p99, most } = spread(times.map((time) => time * 1000));
  return {
    p50: round(p50 / 1000, 3),
    p95: round(p95 / 1000, 3),
    p99: round(p99 / 1000, 3),
    most: round(most / 1000, 3),
  };
}

/** Whole requests over HTTP to all web processes. */
export function overHttp(ports: number[], hosts: string[], ms: number, pauseMs = 0): Way {
  return (concurrency) => load({ ports, hosts, concurrency, ms, pauseMs });
}

/** The same without HTTP, within the web processes. */
export function within(webs: Web[], how: "runtime" | "fixed", hosts: string[], ms: number): Way {
  return async (concurrency) => {
    const started = performance.now();
    const times = (await Promise.all(webs.map((web) => web.ask("direct", { how, hosts, concurrency, ms })))).flat();
    return { perSecond: (times.length / (performance.now() - started)) * 1000, times };
  };
}

/** The most tenant connections that PostgreSQL itself counted while `work` ran. */
export async function mostConnections(
  own: OwnPostgres,
  work: Promise<unknown>,
): Promise<{ most: number; samples: number }> {
  let most = 0;
  let samples = 0;
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  while (!over) {
    const { rows } = await own.sql(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname LIKE 'tenant\\_%' AND application_name = 'tenantry runtime'`,
    );
    most = Math.max(most, rows[0].n);
    samples++;
    await delay(20);
  }
  await done;
  return { most, samples };
}

/** Memory that PostgreSQL's backends of tenants have for themselves, in MiB each (Pss: shared pages divided). */
export async function backendMemory(own: OwnPostgres): Promise<{ backends: number; mib: number }> {
  const { rows } = await own.sql("SELECT pid FROM pg_stat_activity WHERE datname LIKE 'tenant\\_%'");
  const kib = rows.map(({ pid }) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]),
  );
  return {
    backends: kib.length,
    mib: round(kib.reduce((sum, one) => sum + one, 0) / 1024 / Math.max(1, kib.length), 2),
  };
}

/** What a first request would take without a runtime: a plain client that connects, asks and says goodbye. */
export async function plainFirst(own: OwnPostgres, tenants: BenchTenant[]): Promise<number[]> {
  const times: number[] = [];
  for (const tenant of tenants) {
    const started = performance.now();
    const client = new pg.Client({ connectionString: tenantUrl(own, tenant) });
    await client.connect();
    await client.query("SELECT id, seen, note FROM visits WHERE id = $1", [7]);
    times.push(performance.now() - started);
    await client.end();
  }
  return times;
}

export function tenantUrl({ access }: OwnPostgres, { database, password }: BenchTenant): string {
  return `postgresql://${database}:${password}@127.0.0.1:${access.port}/${database}`;
}

/** A Redis of the benchmark's own; undefined where none is installed. */
export async function startRedis(): Promise<{ url: string; stop: () => void } | undefined> {
  const port = await freePort();
  const child = spawn(
    process.env.REDIS_SERVER ?? "redis-server",
    ["--port", String(port), "--save", "", "--bind", "127.0.0.1"],
    {
      stdio: "ignore",
    },
  );
  const missing = await Promise.race([
    new Promise<boolean>((resolve) => child.once("error", () => resolve(true))),
    delay(500, false),
  ]);
  return missing ? undefined : { url: `redis://127.0.0.1:${port}`, stop: () => void child.kill() };
}
