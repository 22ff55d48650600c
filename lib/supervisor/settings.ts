import { randomBytes } from "node:crypto";
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** What the supervisor is to run, from the command line, the environment and what it kept from earlier starts. */
export type Settings = {
  demo: boolean;
  development: boolean;
  host: string;
  port: number;
  appPort: number;
  /** Absent when `DATABASE_URL` is given: then nothing is embedded. */
  embedded: { folder: string; port: number; password: string } | undefined;
  folder: string;
  url: string;
  secretKey: string;
};

type Kept = { secretKey: string; postgresPassword: string };

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
    folder,
    url: given.TENANTRY_URL ?? `http://localhost:${port}`,
    secretKey: given.TENANTRY_SECRET_KEY ?? kept.secretKey,
  };
}

function portOf(given: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const value = Number(given[name] ?? otherwise);
  if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  throw new Error(`${name} must be a port from 1 to 65535, not "${given[name]}".`);
}

/** The secrets made on the first start: without them the data can't be read, so they live beside it. */
function keptSecrets(folder: string): Kept {
  const file = join(folder, "secrets.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Kept;
  makeFolder(folder);
  const made = { secretKey: randomBytes(32).toString("base64"), postgresPassword: randomBytes(24).toString("hex") };
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
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
