import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { Agent } from "node:http";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { newId } from "@/lib/kernel/ids";
import { newKey } from "@/lib/keys/secret";
import { freePort } from "@/lib/platform/free-port";
import { controlDb } from "@/lib/platform/prisma";
import { webFlags } from "@/lib/platform/web-flags";
import { generate, type Size, warmUp } from "./analytics-data";
import { copied, dropped, rolled, sizes, tickOf } from "./analytics-storage";
import { ask, type Load, load } from "./http-load";
import { machine, option, round } from "./measuring";
import { ownPostgres } from "./own-postgres";
import { type Victoria, victoria } from "./victoria";

const small = process.argv.includes("--small");
const size: Size = {
  tenants: option("tenants", small ? 1000 : 10_000),
  rawHours: option("raw-hours", small ? 1 : 8.5),
  minuteHours: option("minute-hours", 25),
  days: option("days", 30),
  activities: option("activities", small ? 20_000 : 1_000_000),
};
const clients = option("clients", 20);
const seconds = option("seconds", small ? 3 : 6);

/** The folder of the built product: this one, or another clone of it. */
const folder = process.env.BENCH_WEB ?? ".";
if (!existsSync(join(folder, ".next/BUILD_ID"))) throw new Error("Build the product first: npm run build");

console.log(`analytics: ${size.tenants} tenants, ${clients} clients; ${machine()}`);
const began = performance.now();
const since = () => `${round((performance.now() - began) / 1000, 0)} s`;
// A quarter of the memory, as PostgreSQL's manual advises.
const buffers = `${Math.floor(totalmem() / 4 / 2 ** 20)}MB`;
console.log(`shared_buffers        ${buffers}`);
const own = await ownPostgres([`shared_buffers=${buffers}`, "max_wal_size=8GB", "checkpoint_timeout=30min"]);
let web: ChildProcess | undefined;
let other: Victoria | undefined;
try {
  const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  await generate(own, size, now);
  await own.sql("VACUUM ANALYZE");
  await own.sql("CHECKPOINT");
  await warmUp(own);
  const kept = await sizes(own);
  console.log(`generated             ${since()}`);
  for (const [level, { rows, bytes, perSample, tableOnly }] of Object.entries(kept))
    console.log(
      `${level.padEnd(22)}${rows.toLocaleString("en")} rows, ${round(bytes / 2 ** 20)} MiB: ${perSample} bytes a sample (${tableOnly} without indexes)`,
    );
  const { rows } = await own.sql("SELECT id FROM bench_tenants ORDER BY id");
  const ids: string[] = rows.map(({ id }) => id);
  const origin = `http://127.0.0.1:${await freePort()}`;
  const headers = { authorization: `Bearer ${await apiKey()}` };
  web = startWeb(origin);
  await answered(origin, headers);
  const told = await askAll(origin, headers, ids);
  const minute = await rolled(now);
  other = await victoria(own);
  const beside = other && (await askOther(other, ids, now, told));
  const tick = await tickOf(own, ids);
  const copyRows = await copied(own, small ? 50_000 : 1_000_000);
  const gone = await dropped(own);
  console.log(`rolling up a minute   ${minute} ms of ${size.tenants} tenants`);
  console.log(
    `a tick                ${tick.ms} ms for ${tick.rows} rows: ${Math.round((tick.rows / tick.ms) * 1000)} rows/s; COPY ${copyRows} rows/s`,
  );
  console.log(`dropping a partition  ${gone.ms} ms for ${gone.rows} rows`);
  const aimed = ["overview", "tenants", "tenant 24h", "memory", "performance"];
  const aims = { p99Under50Ms: Object.fromEntries(aimed.map((name) => [name, (told[name]?.p99 ?? Number.NaN) < 50])) };
  console.log(`took                  ${since()}`);
  console.log(
    JSON.stringify({
      bench: "analytics",
      ...size,
      clients,
      kept,
      told,
      beside,
      rollMinuteMs: minute,
      tick,
      copyRows,
      dropped: gone,
      aims,
    }),
  );
} finally {
  other?.stop();
  web?.kill("SIGTERM");
  await controlDb().$disconnect();
  await own.stop();
}

async function apiKey(): Promise<string> {
  const { key, ...kept } = newKey();
  const permissions = ["tenants:read", "metrics:read", "activities:read"];
  await controlDb().apiKey.create({
    data: { id: newId(new Date()), ...kept, name: "bench", permissions, rateLimit: 10_000_000, createdBy: "bench" },
  });
  return key;
}

function startWeb(origin: string): ChildProcess {
  return spawn(process.execPath, [...webFlags, "scripts/web.mjs", "-p", new URL(origin).port, "-H", "127.0.0.1"], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: "production",
      TENANTRY_URL: origin,
      NEXTAUTH_URL: origin,
      LOG_LEVEL: "warn",
      RATE_LIMIT_ADDRESS: "10000000",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function answered(origin: string, headers: Record<string, string>): Promise<void> {
  for (let waited = 0; waited < 240; waited++) {
    const response = await fetch(`${origin}/api/tenancy/overview`, { headers }).catch(() => undefined);
    if (response?.ok) return;
    await delay(500);
  }
  throw new Error("The web server did not answer within two minutes.");
}

type Told = Load & { cold: number };

/** Every endpoint: the first answer alone, then under load. Of "any tenant", each request asks for another. */
async function askAll(origin: string, headers: Record<string, string>, ids: string[]): Promise<Record<string, Told>> {
  const at = (name: string) => `/api/tenancy/analytics/${name}`;
  const one = (number: number) => ids[(number * 7919) % ids.length] ?? "";
  const eight = ids
    .slice(0, 4)
    .map((id) => `tenant=${id}`)
    .join("&");
  const paths: Record<string, (number: number) => string> = {
    overview: () => at("overview"),
    tenants: () => at("tenants"),
    "tenant 24h": () => at(`tenant/${one(0)}?range=24h`),
    "any tenant 24h": (number) => at(`tenant/${one(number)}?range=24h`),
    memory: () => at("memory"),
    performance: () => at("performance"),
    cpu: () => at("cpu"),
    storage: () => at("storage"),
    requests: () => at("requests"),
    "overview 30d": () => at("overview?range=30d"),
    "any tenant 30d": (number) => at(`tenant/${one(number)}?range=30d`),
    compare: () => at(`compare?${eight}`),
    heatmap: () => at("heatmap"),
    growth: () => at("growth"),
    forecast: () => at("forecast"),
    activities: () => at("activities"),
    "activities 30d": () => at("activities?range=30d"),
    "sign-ins": () => at("sign-ins"),
    "sign-ins 30d": () => at("sign-ins?range=30d"),
  };
  const told: Record<string, Told> = {};
  for (const [name, pathOf] of Object.entries(paths)) {
    const agent = new Agent();
    const first = await ask(agent, origin, pathOf(1), headers);
    // A second that does not count: the first answers are made by code that is not compiled yet.
    await load(clients, 1, (number) => pathOf(number + 1_000_000), origin, headers);
    const answer = {
      cold: round(first.ms),
      ...(await load(clients, seconds, (number) => pathOf(number + 2), origin, headers)),
    };
    agent.destroy();
    told[name] = answer;
    console.log(
      `${name.padEnd(22)}first ${answer.cold} ms (${first.status}) · p50 ${answer.p50} · p90 ${answer.p90} · p99 ${answer.p99} ms · ${answer.perSecond}/s · ${round(answer.bytes / 1024)} KiB${answer.failed > 0 ? ` · ${answer.failed} failed` : ""}`,
    );
  }
  return told;
}

/** The same asked of VictoriaMetrics: with its cache for answers, and first of all without. */
async function askOther(
  { origin, version, samples, bytes, importSeconds }: Victoria,
  ids: string[],
  now: Date,
  told: Record<string, Told>,
) {
  const end = now.getTime() / 1000;
  const range = `start=${end - 86_400}&end=${end}`;
  const query = (text: string) => `query=${encodeURIComponent(text)}`;
  const paths: Record<string, (number: number) => string> = {
    "any tenant 24h": (number) =>
      `/api/v1/query_range?${query(`usage{tenant="${ids[(number * 7919) % ids.length]}"}`)}&${range}&step=60`,
    tenants: () => `/api/v1/query?${query('topk(20, avg_over_time(usage{metric="cpu"}[24h]))')}&time=${end}`,
    overview: () => `/api/v1/query_range?${query('sum(usage{metric="cpu"})')}&${range}&step=300`,
  };
  const perSample = round(bytes / samples, 2);
  console.log(
    `VictoriaMetrics       ${version}: ${samples} samples in ${round(importSeconds)} s, ${perSample} bytes a sample`,
  );
  const answers: Record<string, Told & { ratioP50: number; ratioCold: number }> = {};
  for (const [name, pathOf] of Object.entries(paths)) {
    const agent = new Agent();
    const first = await ask(agent, origin, `${pathOf(1)}&nocache=1`, {});
    agent.destroy();
    const warm = await load(clients, seconds, (number) => pathOf(number + 2), origin, {});
    const ours = told[name];
    const ratioP50 = round((ours?.p50 ?? Number.NaN) / warm.p50, 2);
    const ratioCold = round((ours?.cold ?? Number.NaN) / first.ms, 2);
    answers[name] = { cold: round(first.ms), ...warm, ratioP50, ratioCold };
    console.log(
      `  ${name.padEnd(20)}first ${round(first.ms)} ms (${first.status}) · p50 ${warm.p50} · p99 ${warm.p99} ms · ${warm.perSecond}/s; ours are ${ratioP50} of that, first ${ratioCold}`,
    );
  }
  return { version, samples, bytesPerSample: perSample, importSeconds: round(importSeconds), answers };
}
