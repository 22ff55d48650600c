import { setTimeout as delay } from "node:timers/promises";
import { controlDb } from "@/lib/platform/prisma";
import { inWords, machine, option, round } from "./measuring";
import { type BenchTenant, makeTenants, ownPostgres, withRoles } from "./own-postgres";
import { type Pooler, startPooler } from "./pgbouncer";
import { load } from "./runtime-load";
import {
  backendMemory,
  type Compared,
  compare,
  cpuOf,
  fine,
  median,
  mostConnections,
  overHttp,
  plainFirst,
  startRedis,
  tenantUrl,
  type Way,
  within,
} from "./runtime-stages";
import type { WebOptions } from "./runtime-web";
import { startWeb, type Web } from "./runtime-webs";

const count = option("tenants", 1000);
const rounds = option("rounds", 7);
const ms = option("ms", 1500);
const held = option("held", 100);
const total = option("total", 60);
const connections = 32;
const hot = 8;
/** So long that most of the machine is free, as it is where people use an app. */
const pauseMs = 10;

const begun = performance.now();
console.log(`runtime: ${count} real tenant databases, 2 web processes of ${total} connections; ${machine()}`);
const own = await ownPostgres();
const tenants = await withRoles(own, await makeTenants(own, count));
console.log(`made in               ${round((performance.now() - begun) / 1000)} s`);
const hosts = tenants.map(({ slug }) => `${slug}.localhost`);
const [first] = tenants as [BenchTenant, ...BenchTenant[]];
let pooler: Pooler | undefined;
const webs: Web[] = [];
try {
  pooler = await startPooler(own.access.port, tenants, 100);
  const options: WebOptions = {
    ...{ fixed: tenantUrl(own, first), connections, perTenant: connections, total },
    pooler: `postgresql://{database}:{password}@127.0.0.1:${pooler?.port ?? 0}/{database}`,
  };
  webs.push(await startWeb(options, tenants), await startWeb(options, tenants));
  const checkout = await hotCheckout(webs);
  const requests = await wholeRequests(webs);
  const cold = await coldRequests(webs);
  const limits = await limitsHold(webs);
  const resolving = await resolution(options);
  await stopAll();
  const memory = await memoryOfTenants(options);
  const pooled = pooler ? await throughPooler(pooler, options) : null;
  const aims = {
    checkoutUnder1Ms: checkout.p99 < 1,
    ratioAtMost1_1: [...requests.http, ...requests.paced].every(({ latency }) => latency <= 1.1),
    memoryUnder2MiB: memory.runtime.rss < 2,
    neverAboveLimit: limits.most <= 2 * total,
    noReconnects: requests.reconnects === 0,
  };
  console.log(`aims                  ${JSON.stringify(aims)}`);
  const figures = { checkout, requests, cold, limits, resolving, memory, pooled, aims };
  console.log(JSON.stringify({ bench: "runtime", tenants: count, rounds, machine: machine(), ...figures }));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stopAll();
  await pooler?.stop();
  await controlDb().$disconnect();
  await own.stop();
}

async function stopAll(): Promise<void> {
  await Promise.all(webs.splice(0).map((web) => web.stop()));
}

async function portsOf(of: Web[]) {
  const all = await Promise.all(of.map((web) => web.ask("ports", undefined)));
  return {
    runtime: all.map(({ runtime }) => runtime),
    fixed: all.map(({ fixed }) => fixed),
    clean: all.map(({ clean }) => clean),
    context: all.map(({ context }) => context),
    plain: all.map(({ plain }) => plain),
  };
}

async function hotCheckout(of: Web[]) {
  const [host = ""] = hosts;
  const times: number[] = [];
  for (const web of of) {
    await web.ask("checkout", { host, times: 500 });
    times.push(...(await web.ask("checkout", { host, times: 5000 })));
  }
  const taken = fine(times);
  console.log(`hot checkout          ${inWords(taken)} (admit + context + checkout + release, no round trip)`);
  return taken;
}

function told(name: string, concurrency: number, { reference, measured, ...ratio }: Compared): void {
  const of = ({ perSecond, ms, cpuMs }: Compared["measured"]) =>
    `p50 ${ms.p50} ms, p99 ${ms.p99} ms, ${perSecond}/s, ${cpuMs} ms of CPU`;
  console.log(
    `${name.padEnd(22)}${String(concurrency).padStart(2)} at a time: ${of(measured)}; reference ${of(reference)}`,
  );
  console.log(
    `${"".padEnd(22)}ratio of response times ${ratio.latency}, of throughput ${ratio.throughput}, of CPU ${ratio.cpu}`,
  );
}

async function wholeRequests(of: Web[]) {
  const one = hosts.slice(0, 1);
  const some = hosts.slice(0, hot);
  const ports = await portsOf(of);
  const cpu = () => cpuOf(own, of);
  for (const warm of [ports.fixed, ports.runtime]) await load({ ports: warm, hosts: one, concurrency: 32, ms: 2000 });
  const before = await stats(of);
  const each = async (name: string, reference: Way, measured: Way, concurrencies: number[]) => {
    const all: (Compared & { concurrency: number })[] = [];
    for (const concurrency of concurrencies) {
      const compared = await compare({ reference, measured, cpu }, concurrency, rounds);
      told(name, concurrency, compared);
      all.push({ concurrency, ...compared });
    }
    return all;
  };
  const reference = overHttp(ports.fixed, one, ms);
  const http = await each("whole request", reference, overHttp(ports.runtime, one, ms), [1, 8, 32]);
  const rest = (to: number[]) => overHttp(to, one, ms, pauseMs);
  const paced = await each(`${pauseMs} ms between requests`, rest(ports.fixed), rest(ports.runtime), [1, 8]);
  const clean = await each("the pool, DISCARD ALL", reference, overHttp(ports.clean, one, ms), [8]);
  const context = await each("the pool, in a context", reference, overHttp(ports.context, one, ms), [8]);
  const direct = await each("without HTTP", within(of, "fixed", one, ms), within(of, "runtime", one, ms), [1, 8, 32]);
  const after = await stats(of);
  // A pool that grows towards its limit connects and reconnects nothing.
  const reconnects = after.connects - before.connects - (after.open - before.open);
  const reuse = round((100 * (after.reuses - before.reuses)) / (after.reuses - before.reuses + reconnects), 3);
  console.log(
    `while hot             ${reconnects} reconnects; ${reuse} % of ${after.reuses - before.reuses} loans reused`,
  );
  await load({ ports: ports.runtime, hosts: some, concurrency: 8, ms: 3000 });
  const turns = await each(`to ${hot} tenants in turn`, reference, overHttp(ports.runtime, some, ms), [8]);
  return { http, paced, clean, context, direct, turns, reconnects, reuse };
}

async function stats(of: Web[]): Promise<{ connects: number; reuses: number; open: number }> {
  const all = await Promise.all(of.map((web) => web.ask("stats", undefined)));
  const sum = (name: string) => all.reduce((whole, one) => whole + (one[name] ?? 0), 0);
  return { connects: sum("connects"), reuses: sum("reuses"), open: sum("open") };
}

async function coldRequests(of: Web[]) {
  const some = tenants.slice(hot, hot + Math.min(200, count >> 2));
  const plain = fine(await plainFirst(own, some));
  const [web] = of;
  const taken = fine((await web?.ask("first", { hosts: some.map(({ slug }) => `${slug}.localhost`) })) ?? []);
  console.log(`cold tenant           ${inWords(taken)} (lookup, connection, query)`);
  console.log(`  a plain client      ${inWords(plain)} (connection, query)`);
  return { runtime: taken, plain, ratio: round(taken.p50 / plain.p50, 2) };
}

async function limitsHold(of: Web[]) {
  const { runtime } = await portsOf(of);
  const asking = load({ ports: runtime, hosts, concurrency: 32, ms: 4 * ms });
  const seen = await mostConnections(own, asking);
  const { perSecond, times } = await asking;
  const evictions = (await Promise.all(of.map((web) => web.ask("stats", undefined)))).map(({ evictions }) => evictions);
  const answered = { requests: times.length, perSecond: round(perSecond), ms: fine(times) };
  console.log(
    `all ${count} tenants     ${answered.requests} requests, ${answered.perSecond}/s, ${inWords(answered.ms)}`,
  );
  console.log(
    `connections           at most ${seen.most} of ${2 * total} allowed (${seen.samples} samples of PostgreSQL's own)`,
  );
  return { ...seen, limit: 2 * total, ...answered, evictions };
}

async function resolution(options: WebOptions) {
  const some = hosts.slice(0, Math.min(500, count));
  const µs = (times: number[]) => round(median(times) * 1000);
  const [hotHost = ""] = hosts;
  const redis = await startRedis();
  const plain = await startWeb(options, tenants);
  await plain.ask("resolve", { hosts: [hotHost] });
  const postgres = µs(await plain.ask("resolve", { hosts: some }));
  const memory = µs(await plain.ask("resolve", { hosts: Array.from({ length: 20_000 }, () => hotHost) }));
  await plain.stop();
  let shared: number | null = null;
  if (redis) {
    const [filling, reading] = [
      await startWeb(options, tenants, redis.url),
      await startWeb(options, tenants, redis.url),
    ];
    await filling.ask("resolve", { hosts: some });
    await reading.ask("resolve", { hosts: [hotHost] });
    // Redis is read only once changes are heard of.
    await delay(2000);
    const times = await reading.ask("resolve", { hosts: some });
    const { redisHits = 0 } = await reading.ask("stats", undefined);
    shared = redisHits >= some.length * 0.9 ? µs(times) : null;
    await filling.stop();
    await reading.stop();
    redis.stop();
  }
  console.log(
    `resolving (p50)       memory ${memory} µs, Redis ${shared ?? "not measured"} µs, PostgreSQL ${postgres} µs`,
  );
  return { memory, redis: shared, postgres };
}

async function memoryOfTenants(options: WebOptions) {
  const some = tenants.slice(0, held);
  const each = async (urls?: string[]) => {
    const web = await startWeb({ ...options, total: held + 10, perTenant: 1 }, tenants);
    const [host = ""] = hosts.slice(held);
    await web.ask("first", { hosts: [host] });
    const { before, after } = await web.ask("hold", { hosts: hosts.slice(0, held), ...(urls ? { urls } : {}) });
    const server = await backendMemory(own);
    await web.ask("letGo", undefined);
    await web.stop();
    const mib = (bytes: number) => round(bytes / held / 2 ** 20, 3);
    return { rss: mib(after.rss - before.rss), heap: mib(after.heap - before.heap), server };
  };
  const runtime = await each();
  const plain = await each(some.map((tenant) => tenantUrl(own, tenant)));
  console.log(
    `memory a tenant       ${runtime.rss} MiB resident, ${runtime.heap} MiB heap in the app's process (${held} at once); a plain client ${plain.rss} and ${plain.heap}`,
  );
  console.log(`  its backend         ${runtime.server.mib} MiB of PostgreSQL's (Pss)`);
  return { tenants: held, runtime, plain };
}

/** The server's address becomes the pooler's: new web processes go through it. */
async function throughPooler({ port }: Pooler, options: WebOptions) {
  await own.sql("UPDATE servers SET pooler_host = '127.0.0.1', pooler_port = $1, pooler_mode = 'transaction'", [port]);
  const some = hosts.slice(0, hot);
  const concurrency = 8;
  webs.push(await startWeb(options, tenants), await startWeb(options, tenants));
  const { fixed, runtime, plain } = await portsOf(webs);
  for (const ports of [fixed, runtime, plain]) await load({ ports, hosts: some, concurrency, ms });
  const reference = overHttp(fixed, some, ms);
  const cpu = () => cpuOf(own, webs);
  const through = await compare({ reference, measured: overHttp(runtime, some, ms), cpu }, concurrency, rounds);
  const clients = await compare({ reference, measured: overHttp(plain, some, ms), cpu }, concurrency, rounds);
  told("runtime, PgBouncer", concurrency, through);
  told("plain, PgBouncer", concurrency, clients);
  await stopAll();
  await own.sql("UPDATE servers SET pooler_host = NULL, pooler_port = NULL, pooler_mode = NULL");
  return { concurrency, runtime: through, plainClients: clients };
}
