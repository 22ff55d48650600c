import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { prepareControl } from "@/lib/jobs/prepare-control";
import { embeddedAppUrl, embeddedControl, startEmbedded } from "@/lib/platform/embedded";
import { freePort } from "@/lib/platform/free-port";
import { webFlags } from "@/lib/platform/web-flags";
import { moment } from "./moment";

/** The installation of which the pictures are taken: one web process on a filled database, and nothing that moves. */
export type Installation = { url: string; stop: () => Promise<void> };

const password = "pictures";

/** Fills a database of its own and starts the production build on it, both with a clock that stands still. */
export async function startInstallation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-pictures-"));
  chmodSync(folder, 0o755);
  const undo: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const database = await startEmbedded({ folder, port: await freePort(), password });
    undo.push(database.stop);
    const [owner, app] = [database.url(embeddedControl), embeddedAppUrl(database.port, password)];
    await createControl(database.url("postgres"));
    await prepareControl(app, owner);
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const env = environment(folder, url);
    seed({ ...env, DATABASE_URL: owner });
    const web = startWeb(port, { ...env, DATABASE_URL: app });
    undo.push(() => ended(web));
    await answers(url, web);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startWeb(port: number, env: NodeJS.ProcessEnv): ChildProcess {
  const args = [...webFlags, "scripts/web.mjs", "-p", String(port), "-H", "127.0.0.1"];
  return spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"], env });
}

async function ended(web: ChildProcess): Promise<void> {
  if (web.exitCode !== null || web.signalCode !== null) return;
  const exit = new Promise((resolve) => web.once("exit", resolve));
  web.kill("SIGTERM");
  await exit;
}

function environment(folder: string, url: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...{ NODE_ENV: "production", TENANTRY_SECRET_KEY: Buffer.alloc(32, 7).toString("base64"), LOG_LEVEL: "warn" },
    ...{ TENANTRY_URL: url, NEXTAUTH_URL: url, TENANTRY_APP: "off", NEXT_TELEMETRY_DISABLED: "1" },
    ...{ EXPORT_DIR: join(folder, "exports"), REPORT_DIR: join(folder, "reports") },
    ...{ PICTURES_MOMENT: moment, NODE_OPTIONS: `--import=${resolve("e2e/pictures/clock.mjs")}`, TZ: "UTC" },
  };
}

async function createControl(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${pg.escapeIdentifier(embeddedControl)}`);
  await client.end();
}

function seed(env: NodeJS.ProcessEnv): void {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", "e2e/pictures/seed.ts"], {
    stdio: "inherit",
    env,
  });
  if (status !== 0) throw new Error("The pictures' installation could not be filled.");
}

async function answers(url: string, web: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600 && web.exitCode === null; tries++) {
    if ((await fetch(`${url}/sign-in`).catch(() => undefined))?.ok) return;
    await delay(200);
  }
  throw new Error("The pictures' installation does not answer.");
}
