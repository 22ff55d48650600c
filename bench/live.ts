import { type ChildProcess, fork, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { EventSource } from "eventsource";
import { chromium, type Page } from "playwright-core";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { startCollector } from "@/lib/metrics/collect";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { freePort } from "@/lib/platform/free-port";
import { webFlags } from "@/lib/platform/web-flags";
import { inWords, machine, option, round, spread } from "./measuring";
import { makeTenants, type OwnPostgres, ownPostgres } from "./own-postgres";

const clients = option("clients", 200);
const ticks = option("ticks", 30);
const count = option("tenants", 50);

/** The folder of the built product: this one, or another clone of it. */
const folder = process.env.BENCH_WEB ?? ".";

if (!existsSync(join(folder, ".next/BUILD_ID"))) throw new Error("Build the product first: npm run build");
console.log(`live: ${clients} streams (one in a real Chromium), ${count} tenants, ${ticks} rounds; ${machine()}`);
const own = await ownPostgres();
await makeTenants(own, count);
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const cookies = (await sessions(own, Math.ceil(clients / 10))).map((token) => `next-auth.session-token=${token}`);
const [cookie = ""] = cookies;
const children: ChildProcess[] = [startLoad(own), startWeb()];
const end = new AbortController();
const collector = startCollector({ clock: systemClock, signal: end.signal });
try {
  await answered();
  const node = await openStreams(clients - 1);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage({ extraHTTPHeaders: { cookie } });
  // A page of the console, whose policy lets it connect; the API answers let nothing.
  await page.goto(`${origin}/sign-in`);
  await openInBrowser(page);
  await delay(5000);
  const from = Date.now();
  await delay((ticks + 1) * 2000);
  print(await browserDelays(page, from), node.delays(from), node.open());
  await browser.close();
  node.close();
} finally {
  end.abort();
  await collector.done;
  for (const child of children) child.kill("SIGTERM");
  await own.stop();
}

/** A session has room for a few streams only: so many sessions of one person. */
async function sessions({ sql }: OwnPostgres, number: number): Promise<string[]> {
  const user = newId(new Date());
  await sql(
    "INSERT INTO users (id, email, name, role, password_hash, totp_confirmed_at) VALUES ($1, 'bench@example.com', 'Bench', 'owner', '', now())",
    [user],
  );
  const tokens = Array.from({ length: number }, () => randomToken());
  for (const token of tokens) {
    await sql(
      `INSERT INTO sessions (id, user_id, token_hash, second_factor_at, expires_at)
       VALUES ($1, $2, $3, now(), now() + interval '1 day')`,
      [newId(new Date()), user, sha256(token)],
    );
  }
  return tokens;
}

function startLoad({ url }: OwnPostgres): ChildProcess {
  const file = join(import.meta.dirname, "light-load.ts");
  return fork(file, [url("{database}"), String(Math.ceil(count / 10)), "5"], { execArgv: ["--import", "tsx"] });
}

function startWeb(): ChildProcess {
  return spawn(process.execPath, [...webFlags, "scripts/web.mjs", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: "production", TENANTRY_URL: origin, NEXTAUTH_URL: origin, LOG_LEVEL: "warn" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function answered(): Promise<void> {
  for (let waited = 0; waited < 120; waited++) {
    const response = await fetch(`${origin}/api/tenancy/overview`, { headers: { cookie } }).catch(() => undefined);
    if (response?.ok) return;
    await delay(1000);
  }
  throw new Error("The web server did not answer within two minutes.");
}

type Seen = { at: number; delay: number };

type Streams = { delays: (from: number) => number[]; open: () => number; close: () => void };

/** Opens streams as browsers would come: some each moment, not all in one. */
async function openStreams(number: number): Promise<Streams> {
  const seen: Seen[] = [];
  const sources: EventSource[] = [];
  for (let opened = 0; opened < number; opened++) {
    sources.push(openInNode(seen, cookies[opened % cookies.length] ?? cookie));
    if (opened % 10 === 9) await delay(200);
  }
  return {
    delays: (from) => seen.filter(({ at }) => at >= from).map((one) => one.delay),
    open: () => sources.filter(({ readyState }) => readyState === 1).length,
    close: () => {
      for (const source of sources) source.close();
    },
  };
}

function openInNode(seen: Seen[], cookie: string): EventSource {
  const source = new EventSource(`${origin}/api/tenancy/stream?topics=fleet`, {
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, cookie } }),
  });
  source.onmessage = ({ data }: MessageEvent<string>) => {
    const now = Date.now();
    const message = JSON.parse(data);
    if (message.type === "tick") seen.push({ at: now, delay: now - Date.parse(message.tick.at) });
  };
  return source;
}

function chromiumPath(): string {
  return existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : chromium.executablePath();
}

async function openInBrowser(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: { at: number; delay: number }[] = [];
    Object.assign(window, { seen });
    new window.EventSource("/api/tenancy/stream?topics=fleet").onmessage = ({ data }) => {
      const now = Date.now();
      const message = JSON.parse(data);
      if (message.type === "tick") seen.push({ at: now, delay: now - Date.parse(message.tick.at) });
    };
  });
}

async function browserDelays(page: Page, from: number): Promise<number[]> {
  const seen = await page.evaluate(() => (window as unknown as { seen: Seen[] }).seen);
  return seen.filter(({ at }) => at >= from).map((one) => one.delay);
}

function print(inBrowser: number[], inNode: number[], open: number): void {
  const browser = spread(inBrowser);
  const node = spread(inNode);
  console.log(`browser               ${inWords(browser)} (${inBrowser.length} messages)`);
  console.log(`the other ${open} streams ${inWords(node)} (${inNode.length} messages, received by one process)`);
  const aims = { p99Under250Ms: browser.p99 < 250 };
  console.log(`aim                   from sample to the browser under 250 ms (p99): ${aims.p99Under250Ms}`);
  const messages = round(inBrowser.length + inNode.length, 0);
  console.log(
    JSON.stringify({ bench: "live", clients: open + 1, tenants: count, ticks, messages, browser, node, aims }),
  );
}
