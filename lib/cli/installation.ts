import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import type { Ctx } from "@/lib/gate/context";
import { systemContext } from "@/lib/gate/context";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { embeddedAppUrl, embeddedControl, embeddedUrl, portOf } from "@/lib/platform/embedded";
import { type KeptSecrets, readSecrets } from "@/lib/platform/kept-secrets";
import { controlDb } from "@/lib/platform/prisma";

/** The installation that a command works on. */
export type Installation = {
  folder: string;
  /** Whether its secret keys are kept in the data folder, and not given by the environment. */
  keepsKeys: boolean;
  /** The control database as the platform's apps sign in to it. */
  appUrl: string;
};

/**
 * Finds the installation as `npm start` does (the environment, else the data folder), and sets this process's
 * environment for it. Throws, saying what to do, when there is none or its database does not answer.
 */
export async function openInstallation(): Promise<Installation> {
  const folder = resolve(process.env.TENANTRY_DATA_DIR ?? ".tenantry");
  const kept = readSecrets(folder);
  const embedded = process.env.DATABASE_URL === undefined;
  const keepsKeys = process.env.TENANTRY_SECRET_KEY === undefined;
  if (!kept && (embedded || keepsKeys)) throw nowhere(folder, embedded);
  if (kept && embedded) {
    process.env.TENANTRY_PG_PORT ??= String((await portOf(folder)) ?? usualPort);
    process.env.DATABASE_URL = embeddedUrl(embeddedPort(), kept.postgresPassword, embeddedControl);
  }
  if (kept && keepsKeys) takeKeys(kept);
  takeUsual(folder);
  // A command speaks in words; log lines would get between its result and the program that reads it.
  process.env.LOG_LEVEL = "silent";
  await checkDatabase(process.env.DATABASE_URL ?? "", embedded);
  const url = process.env.DATABASE_URL ?? "";
  return { folder, keepsKeys, appUrl: kept && embedded ? embeddedAppUrl(embeddedPort(), kept.postgresPassword) : url };
}

/** What is known of an installation before it is opened: for what tells or mends what is wrong with it. */
export type Located = {
  folder: string;
  /** Whether it has a PostgreSQL of its own in the data folder. */
  embedded: boolean;
  /** Whether it can't do without the data folder, which keeps its key or its database. */
  needsFolder: boolean;
  /** The control database as Tenantry signs in to it; undefined where nothing says where it is. */
  url: string | undefined;
  /** The same as its owner; undefined: as `url`. */
  ownerUrl: string | undefined;
  host: string;
  ports: { web: number; app: number; database: number; databaseNow: number | undefined };
  /** Whether `npm start` runs in the data folder. */
  running: boolean;
};

/** Looks where the installation is, without opening it, and sets this process's environment as far as it can. */
export async function locateInstallation(): Promise<Located> {
  const folder = resolve(process.env.TENANTRY_DATA_DIR ?? ".tenantry");
  const given = process.env.DATABASE_URL;
  const embedded = given === undefined;
  const keepsKeys = process.env.TENANTRY_SECRET_KEY === undefined;
  const kept = attempt(() => readSecrets(folder));
  const databaseNow = existsSync(folder) ? await portOf(folder) : undefined;
  const port = (name: string, usual: number) => Number(process.env[name] ?? usual);
  const ports = { web: port("PORT", 3000), app: port("TENANTRY_APP_PORT", 3001), databaseNow };
  const database = port("TENANTRY_PG_PORT", databaseNow ?? usualPort);
  const password = embedded ? kept?.postgresPassword : undefined;
  const url = password === undefined ? given : embeddedAppUrl(database, password);
  const owner = process.env.DATABASE_OWNER_URL || undefined;
  const ownerUrl = password === undefined ? owner : embeddedUrl(database, password, embeddedControl);
  if (url !== undefined) process.env.DATABASE_URL = url;
  if (kept && keepsKeys) takeKeys(kept);
  takeUsual(folder);
  process.env.LOG_LEVEL = "silent";
  const running = attempt(() => process.kill(Number(readFileSync(join(folder, "supervisor.pid"), "utf8")), 0)) ?? false;
  const where = { folder, embedded, needsFolder: embedded || keepsKeys, url, ownerUrl };
  return { ...where, host: process.env.HOST ?? "127.0.0.1", ports: { ...ports, database }, running };
}

/** What `npm start` takes for settings that are not given: where the console is, and where exports lie. */
function takeUsual(folder: string): void {
  process.env.TENANTRY_URL ??= `http://localhost:${process.env.PORT ?? 3000}`;
  process.env.EXPORT_DIR ??= join(folder, "exports");
  process.env.REPORT_DIR ??= join(folder, "reports");
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Makes this process use kept keys; call it before anything reads the environment. */
export function takeKeys({ secretKey, oldSecretKeys }: KeptSecrets): void {
  process.env.TENANTRY_SECRET_KEY = secretKey;
  process.env.TENANTRY_OLD_SECRET_KEYS = [...oldSecretKeys, process.env.TENANTRY_OLD_SECRET_KEYS ?? ""].join(",");
}

/** The context in which a command acts: the system, at the request of somebody on the host. */
export function hostContext(signal: AbortSignal): Ctx {
  return systemContext("CLI on the host", controlDb(), systemClock, newId(systemClock()), signal);
}

function nowhere(folder: string, embedded: boolean): AppError {
  const message = embedded
    ? `There is no installation in ${folder}. Name its data folder (TENANTRY_DATA_DIR=…), or its database and key (DATABASE_URL=… TENANTRY_SECRET_KEY=…).`
    : `The secret key is missing: give TENANTRY_SECRET_KEY, or the data folder that keeps it (TENANTRY_DATA_DIR; ${folder} does not).`;
  return new AppError("not_found", message);
}

const usualPort = 54_320;

function embeddedPort(): number {
  const port = Number(process.env.TENANTRY_PG_PORT ?? usualPort);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new AppError(
    "invalid",
    `TENANTRY_PG_PORT must be a port from 1 to 65535, not "${process.env.TENANTRY_PG_PORT}".`,
  );
}

async function checkDatabase(url: string, embedded: boolean): Promise<void> {
  const { rows } = await ask(url).catch((cause: unknown) => {
    const reason =
      cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : String(cause);
    const what = embedded
      ? `The embedded PostgreSQL on port ${embeddedPort()} does not answer (${reason}). Start Tenantry first (npm start), or name its port (TENANTRY_PG_PORT).`
      : `The database that DATABASE_URL names can't be used (${reason}).`;
    throw new AppError("unavailable", what, { cause });
  });
  if (rows[0]?.present) return;
  const message = "This database is not a control database of this version. Apply its migrations: npm run db:migrate";
  throw new AppError("conflict", message);
}

async function ask(url: string): Promise<pg.QueryResult<{ present: boolean }>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await client.query("SELECT to_regclass('public.data_keys') IS NOT NULL AS present");
  } finally {
    await client.end().catch(() => undefined);
  }
}
