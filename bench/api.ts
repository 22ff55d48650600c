import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { newId } from "@/lib/kernel/ids";
import { newKey } from "@/lib/keys/secret";
import { freePort } from "@/lib/platform/free-port";
import { controlDb } from "@/lib/platform/prisma";
import { webFlags } from "@/lib/platform/web-flags";
import { generate } from "./analytics-data";
import { closedLoad, type Load, openLoad, type Request, send, type Target } from "./api-load";
import { machine, option, round } from "./measuring";
import { type OwnPostgres, ownPostgres } from "./own-postgres";
import { recording, type Statement, sentBetween } from "./recorded";

const tenants = option("tenants", 1000);
const clients = option("clients", 50);
const seconds = option("seconds", 6);
const rate = option("rate", 100);
const connections = option("connections", 10);
/** The number of the request whose statements are recorded. */
const recordedNumber = 3;

/** The folder of the built product: this one, or another clone of it. */
const folder = process.env.BENCH_WEB ?? ".";
if (!existsSync(join(folder, ".next/BUILD_ID"))) throw new Error("Build the product first: npm run build");

console.log(`api: ${tenants} tenants, ${clients} clients; ${machine()}`);
const logs = mkdtempSync(join(tmpdir(), "tenantry-bench-log-"));
// Started by root, PostgreSQL runs as somebody else.
chmodSync(logs, 0o777);
const own = await ownPostgres([...recording, `log_directory=${logs}`, "log_file_mode=0644", "shared_buffers=512MB"]);
const started: ChildProcess[] = [];
try {
  const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  const size = { tenants, rawHours: 1, minuteHours: 25, days: 30, activities: 20_000 };
  await generate(own, size, now);
  await own.sql("VACUUM ANALYZE");
  const { rows } = await own.sql("SELECT id FROM bench_tenants ORDER BY id");
  const ids = rows.map(({ id }) => String(id));
  const calls = callsOf(ids);
  const key = await apiKey();
  await copyForBare();
  const ours = await startWeb(key);
  const statements = await recordAll(ours, calls);
  const bare = await startBare(statements, ids);
  const each = await eachCall(ours, bare, calls, statements);
  const steady = await steadyLoad(ours, calls);
  const ratios = Object.values(each).map(({ ratio }) => ratio);
  const aims = { p99Under25Ms: steady.p99 < 25, atLeastHalf: Math.min(...ratios) >= 0.5, least: Math.min(...ratios) };
  console.log(JSON.stringify({ bench: "api", tenants, clients, seconds, rate, connections, each, steady, aims }));
} finally {
  for (const child of started) child.kill("SIGTERM");
  await controlDb().$disconnect();
  await own.stop();
  rmSync(logs, { recursive: true, force: true });
}

type Calls = Record<string, (number: number) => Request>;

/** Ten calls as scripts make them; those about one tenant are each of another. */
function callsOf(ids: string[]): Calls {
  const one = (number: number) => ids[placeOf(number, ids.length)] ?? "";
  const get = (path: string): Request => ({ method: "GET", path: `/api/tenancy/${path}` });
  return {
    "list tenants": () => get("tenants"),
    "find tenants": (number) => get(`tenants?search=tenant-${number % 100}&status=active&sort=createdAt&order=desc`),
    "show tenant": (number) => get(`tenants/${one(number)}`),
    "edit tenant": (number) => ({
      method: "PATCH",
      path: `/api/tenancy/tenants/${one(number)}`,
      headers: { "if-match": "*" },
      body: JSON.stringify({ tags: [`round-${number}`] }),
    }),
    "tenant's domains": (number) => get(`tenants/${one(number)}/domains`),
    "tenant's hour": (number) => get(`tenants/${one(number)}/series?range=1h`),
    "tenant's activities": (number) => get(`activities?tenant=${one(number)}`),
    "list servers": () => get("servers"),
    "list runs": () => get("bulk-runs"),
    "list audit": () => get("audit"),
  };
}

/** Each number's tenant, far from that of the number before. */
function placeOf(number: number, count: number): number {
  return (number * 7919) % count;
}

async function startWeb(key: string): Promise<Target> {
  const origin = `http://127.0.0.1:${await freePort()}`;
  const web = spawn(process.execPath, [...webFlags, "scripts/web.mjs", "-p", new URL(origin).port, "-H", "127.0.0.1"], {
    cwd: folder,
    env: {
      ...process.env,
      ...{ NODE_ENV: "production", TENANTRY_URL: origin, NEXTAUTH_URL: origin, LOG_LEVEL: "warn" },
      ...{ RATE_LIMIT_ADDRESS: "10000000", RATE_LIMIT_TENANT: "10000000", CONTROL_POOL_SIZE: String(connections) },
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  started.push(web);
  const target = { origin, headers: { authorization: `Bearer ${key}` } };
  for (let waited = 0; waited < 240; waited++) {
    const response = await fetch(`${origin}/api/tenancy/servers`, { headers: target.headers }).catch(() => undefined);
    if (response?.ok) return target;
    await delay(500);
  }
  throw new Error("The web server did not answer within two minutes.");
}

async function apiKey(): Promise<string> {
  const { key, ...kept } = newKey();
  const read = ["tenants:read", "servers:read", "metrics:read", "activities:read", "bulk:read", "audit:read"];
  await controlDb().apiKey.create({
    data: {
      ...{ id: newId(new Date()), ...kept, name: "bench", createdBy: "bench" },
      ...{ permissions: [...read, "tenants:update"], rateLimit: 10_000_000 },
    },
  });
  await controlDb().$disconnect();
  return key;
}

/**
 * The database of the reference: a copy in which the recorded rows of the audit trail can be written again and again,
 * since its primary key and the rule that it only grows are taken away there.
 */
async function copyForBare(): Promise<void> {
  await own.sql("CREATE DATABASE bare TEMPLATE control");
  const client = new pg.Client({ connectionString: own.url("bare") });
  await client.connect();
  await client.query("ALTER TABLE audit_events DROP CONSTRAINT audit_events_pkey");
  await client.query("VACUUM ANALYZE");
  await client.end();
}

/** What the product sends to PostgreSQL for each call, once its code and plans are warm; taken from PostgreSQL's own log. */
async function recordAll(ours: Target, calls: Calls): Promise<Record<string, Statement[]>> {
  const agent = new Agent();
  for (const requestOf of Object.values(calls))
    for (let number = 0; number < 3; number++) {
      const status = await send(agent, ours, requestOf(number));
      if (status !== 200) throw new Error(`${requestOf(number).path} answered ${status}.`);
    }
  await setLogging(own, "all");
  for (const [name, requestOf] of Object.entries(calls)) {
    await own.sql(`SELECT 'bench before ${name.replaceAll("'", "")}'`);
    await send(agent, ours, requestOf(recordedNumber));
  }
  await own.sql("SELECT 'bench before nothing'");
  await setLogging(own, "none");
  agent.destroy();
  const marks = [
    ...Object.keys(calls).map((name) => `bench before ${name.replaceAll("'", "")}`),
    "bench before nothing",
  ];
  const entries = Object.keys(calls).map(
    (name, at) => [name, sentBetween(logs, marks[at] ?? "", marks[at + 1] ?? "")] as const,
  );
  return Object.fromEntries(entries);
}

async function setLogging({ sql }: OwnPostgres, what: "all" | "none"): Promise<void> {
  await sql(`ALTER SYSTEM SET log_statement = '${what}'`);
  await sql("SELECT pg_reload_conf()");
  await delay(500);
}

/** Starts the server without a framework. Where a statement was about the recorded tenant, it is about the request's. */
async function startBare(statements: Record<string, Statement[]>, ids: string[]): Promise<Target> {
  const file = join(logs, "calls.json");
  writeFileSync(file, JSON.stringify({ calls: statements, recorded: ids[placeOf(recordedNumber, ids.length)], ids }));
  const port = await freePort();
  const child = fork(
    join(import.meta.dirname, "api-bare.ts"),
    [String(port), own.url("bare"), String(connections), file],
    { execArgv: ["--import", "tsx"] },
  );
  started.push(child);
  await once(child, "message");
  return { origin: `http://127.0.0.1:${port}`, headers: {} };
}

type Compared = { statements: number; ours: Load; bare: Load; ratio: number };

/** Each call against the reference, one after the other, twice in turns: the better round of each counts. */
async function eachCall(
  ours: Target,
  bare: Target,
  calls: Calls,
  statements: Record<string, Statement[]>,
): Promise<Record<string, Compared>> {
  const told: Record<string, Compared> = {};
  for (const [name, requestOf] of Object.entries(calls)) {
    const bareOf = (number: number): Request => ({
      method: "GET",
      path: `/${encodeURIComponent(name)}/${placeOf(number, tenants)}`,
    });
    // A second that does not count: code is compiled, connections are made.
    await closedLoad(ours, clients, 1, requestOf);
    await closedLoad(bare, clients, 1, bareOf);
    const rounds: [Load, Load][] = [];
    for (let round = 0; round < 2; round++)
      rounds.push([
        await closedLoad(ours, clients, seconds, (number) => requestOf(number + 10_000)),
        await closedLoad(bare, clients, seconds, (number) => bareOf(number + 10_000)),
      ]);
    const best = (loads: Load[]) => loads.sort((one, other) => other.perSecond - one.perSecond)[0] as Load;
    const [mine, theirs] = [best(rounds.map(([one]) => one)), best(rounds.map(([, one]) => one))];
    const ratio = round(mine.perSecond / theirs.perSecond, 2);
    told[name] = { statements: statements[name]?.length ?? 0, ours: mine, bare: theirs, ratio };
    console.log(
      `${name.padEnd(22)}${words(mine)}\n${`  bare, ${told[name].statements} statements`.padEnd(22)}${words(theirs)} · ours is ${ratio} of its throughput`,
    );
  }
  return told;
}

function words({ p50, p99, most, perSecond, failed }: Load): string {
  return `p50 ${p50} · p99 ${p99} · most ${most} ms · ${perSecond}/s${failed > 0 ? ` · ${failed} failed` : ""}`;
}

/** All ten calls in turn at a steady rate, for a while: what a script's user feels. */
async function steadyLoad(ours: Target, calls: Calls): Promise<Load> {
  const all = Object.values(calls);
  const mixed = (number: number): Request => {
    const requestOf = all[number % all.length];
    if (!requestOf) throw new Error("There are no calls.");
    return requestOf(number);
  };
  await openLoad(ours, rate, 2, mixed);
  const steady = await openLoad(ours, rate, seconds * 5, mixed);
  console.log(`${`all, ${rate}/s`.padEnd(22)}${words(steady)} (from when each was due)`);
  return steady;
}
