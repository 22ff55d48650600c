import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { type KeptSecrets, newSecrets, readSecrets, writeSecrets } from "@/lib/platform/kept-secrets";

/** What the supervisor is to run, from the command line, the environment and what it kept from earlier starts. */
export type Settings = {
  demo: boolean;
  development: boolean;
  host: string;
  port: number;
  appPort: number;
  /** Absent when `DATABASE_URL` is given: then nothing is embedded. */
  embedded: { folder: string; port: number; password: string } | undefined;
  /** `DATABASE_OWNER_URL`: who owns the given control database, when Tenantry itself is to sign in as another. */
  ownerUrl: string | undefined;
  folder: string;
  url: string;
  secretKey: string;
  /** Former secret keys, which still open what they sealed, with commas between. */
  oldSecretKeys: string;
};

/** Reads the settings; throws an error in words for people when one can't be used. */
export function readSettings(args: string[], given: NodeJS.ProcessEnv): Settings {
  const known = ["--demo", "--dev"];
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown) throw new Error(`There is no option ${unknown}. The options are: ${known.join(", ")}.`);
  const folder = resolve(given.TENANTRY_DATA_DIR ?? ".tenantry");
  const kept = keptSecrets(folder);
  const port = portOf(given, "PORT", 3000);
  const embedded = { folder, port: portOf(given, "TENANTRY_PG_PORT", 54_320), password: kept.postgresPassword };
  return {
    demo: args.includes("--demo"),
    development: args.includes("--dev"),
    host: given.HOST ?? "127.0.0.1",
    port,
    appPort: portOf(given, "TENANTRY_APP_PORT", 3001),
    embedded: given.DATABASE_URL ? undefined : embedded,
    ownerUrl: given.DATABASE_OWNER_URL || undefined,
    folder,
    url: given.TENANTRY_URL ?? `http://localhost:${port}`,
    secretKey: given.TENANTRY_SECRET_KEY ?? kept.secretKey,
    oldSecretKeys: [
      given.TENANTRY_OLD_SECRET_KEYS ?? "",
      ...(given.TENANTRY_SECRET_KEY ? [] : kept.oldSecretKeys),
    ].join(","),
  };
}

function portOf(given: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const value = Number(given[name] ?? otherwise);
  if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  throw new Error(`${name} must be a port from 1 to 65535, not "${given[name]}".`);
}

function keptSecrets(folder: string): KeptSecrets {
  const kept = readSecrets(folder);
  if (kept) return kept;
  makeFolder(folder);
  const made = newSecrets();
  writeSecrets(folder, made);
  return made;
}

function makeFolder(folder: string): void {
  try {
    // Not recursive: a misspelt path is told, and Node 20 never returns from some that can't be made (/proc/x).
    if (!existsSync(folder)) mkdirSync(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : error;
    throw new Error(`The data folder ${folder} can't be used (${reason}). Name another: TENANTRY_DATA_DIR=… npm start`);
  }
}
