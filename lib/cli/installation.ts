import { resolve } from "node:path";
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
  // A command speaks in words; log lines would get between its result and the program that reads it.
  process.env.LOG_LEVEL = "silent";
  await checkDatabase(process.env.DATABASE_URL ?? "", embedded);
  const url = process.env.DATABASE_URL ?? "";
  return { folder, keepsKeys, appUrl: kept && embedded ? embeddedAppUrl(embeddedPort(), kept.postgresPassword) : url };
}

/** Makes this process use kept keys; call it before anything reads the environment. */
export function takeKeys({ secretKey, oldSecretKeys }: KeptSecrets): void {
  process.env.TENANTRY_SECRET_KEY = secretKey;
  process.env.TENANTRY_OLD_SECRET_KEYS = [...oldSecretKeys, process.env.TENANTRY_OLD_SECRET_KEYS ?? ""].join(",");
}

/** The context in which a command acts: the system, at the request of somebody on the host. */
export function hostContext(): Ctx {
  return systemContext("CLI on the host", controlDb(), systemClock, newId(systemClock()), new AbortController().signal);
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
