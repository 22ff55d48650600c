import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { checkTwoPersons } from "@/lib/bulk/two-persons";
import { orphanOf } from "@/lib/platform/embedded";
import { controlDb } from "@/lib/platform/prisma";
import { webFlags } from "@/lib/platform/web-flags";
import { type Child, type ChildPlan, keepRunning } from "./children";
import { openDatabase } from "./database";
import { makeDemo, tellPast } from "./demo";
import { keepDemoTraffic } from "./demo-traffic";
import { greet } from "./greeting";
import { checkPort, lockFolder } from "./lock";
import { checkSecretKey, registerEmbedded } from "./register";
import { readSettings, type Settings } from "./settings";

const say = (line: string) => console.log(`tenantry  ${line.replaceAll("\n", "\n          ")}`);

/** Runs everything until it is told to stop; the exit code says whether that was as wished. */
export async function supervise(args: string[]): Promise<number> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  try {
    const settings = readSettings(args, process.env);
    await start(settings, stop.signal);
    return 0;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

/** Whether nothing stands in the way of a start: the folder and the ports are free. Says what does. */
export async function mayStart(args: string[]): Promise<boolean> {
  try {
    const settings = readSettings(args, process.env);
    const unlock = lockFolder(settings.folder);
    await checkPorts(settings).finally(unlock);
    return true;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

async function start(settings: Settings, stop: AbortSignal): Promise<void> {
  const unlock = lockFolder(settings.folder);
  const undo: (() => Promise<void>)[] = [async () => unlock()];
  try {
    const app = withApp(settings);
    await checkPorts(settings);
    say(settings.embedded ? "Starting the embedded PostgreSQL…" : "Using the PostgreSQL that DATABASE_URL names");
    const database = await openDatabase(settings, process.env.DATABASE_URL, say);
    undo.push(database.stop, () => controlDb().$disconnect());
    // Nothing that runs from here on may sign in as the owner.
    delete process.env.DATABASE_OWNER_URL;
    Object.assign(process.env, childEnvironment(settings, database.url, app));
    checkTwoPersons();
    await checkSecretKey(say);
    if (settings.embedded) await registerEmbedded(settings.embedded);
    const children = plans(settings, app).map((plan) => keepRunning(plan, say));
    undo.push(() => stopAll(children), await keepDemoTraffic(app ? trafficPlan() : undefined, say));
    await webAnswers(settings, stop);
    if (!stop.aborted) await greet(settings, say, settings.demo ? await makeDemo(settings, stop, say) : undefined);
    if (settings.demo && !stop.aborted) await tellPast(stop, say);
    await aborted(stop);
    say("Stopping…");
  } finally {
    for (const step of undo.reverse()) await attempt(step);
  }
  say("Stopped. Nothing of it is left running.");
}

/** One step that fails must not keep the others from being undone. */
async function attempt(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    say(`While stopping: ${error instanceof Error ? error.message : error}`);
  }
}

function withApp({ embedded, demo }: Settings): boolean {
  return embedded !== undefined || demo;
}

async function checkPorts(settings: Settings): Promise<void> {
  await checkPort(settings.port, settings.host, "PORT");
  if (withApp(settings)) await checkPort(settings.appPort, "127.0.0.1", "TENANTRY_APP_PORT");
  await checkPortOfDatabase(settings);
}

/** An orphan of a killed supervisor holds the port too; it is recognised by its data and stopped by startEmbedded. */
async function checkPortOfDatabase({ embedded }: Settings): Promise<void> {
  if (embedded && !(await orphanOf(embedded.folder))) await checkPort(embedded.port, "127.0.0.1", "TENANTRY_PG_PORT");
}

function childEnvironment(settings: Settings, databaseUrl: string, app: boolean): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    TENANTRY_SECRET_KEY: settings.secretKey,
    TENANTRY_OLD_SECRET_KEYS: settings.oldSecretKeys,
    TENANTRY_URL: settings.url,
    TENANTRY_APP: app ? "on" : "off",
    TENANTRY_APP_PORT: String(settings.appPort),
    NEXTAUTH_URL: settings.url,
    NEXT_TELEMETRY_DISABLED: "1",
    EXPORT_DIR: process.env.EXPORT_DIR ?? join(settings.folder, "exports"),
    REPORT_DIR: process.env.REPORT_DIR ?? join(settings.folder, "reports"),
    LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
  };
}

const script = (file: string) => ["--import", "tsx", file];

function trafficPlan(): ChildPlan {
  return { name: "demo traffic", args: script("sample/workload.ts"), env: { ...process.env, NODE_ENV: "production" } };
}

function plans(settings: Settings, app: boolean): ChildPlan[] {
  const production = { ...process.env, NODE_ENV: "production" };
  const web = [...webFlags, "scripts/web.mjs", "-p", String(settings.port), "-H", settings.host];
  return [
    settings.development
      ? { name: "web", args: [...web, "--dev"], env: { ...process.env, NODE_ENV: "development" } }
      : { name: "web", args: web, env: production },
    { name: "worker", args: script("lib/worker/main.ts"), env: production },
    ...(app ? [{ name: "sample app", args: script("sample/app.ts"), env: production }] : []),
  ];
}

async function webAnswers({ host, port }: Settings, stop: AbortSignal): Promise<void> {
  const address = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  while (!stop.aborted) {
    const answer = await fetch(`http://${address}:${port}/api/tenancy/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(200, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function stopAll(children: Child[]): Promise<void> {
  await Promise.all(children.map((child) => child.stop()));
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
