import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { appendFileSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { appRole } from "./app-role";
import { type EmbeddedFiles, embeddedFiles, privateFolder, type RunAs } from "./embedded-files";

export type EmbeddedOptions = {
  /** The folder that holds the data and the log. */
  folder: string;
  port: number;
  password: string;
  /** More server settings, `name=value`. */
  settings?: string[];
};

/** A running embedded PostgreSQL. */
export type Embedded = {
  port: number;
  /** Connection string of the administrator for a database. */
  url: (database: string) => string;
  pid: number;
  /** Resolves when the server has ended, with its exit code. */
  ended: Promise<number | null>;
  /** Ends sessions and stops cleanly (PostgreSQL's fast shutdown). */
  stop: () => Promise<void>;
};

export const embeddedUser = "tenantry";

/** The control database on the embedded PostgreSQL. */
export const embeddedControl = "tenantry";

/** Connection string of the embedded PostgreSQL's administrator for a database. */
export function embeddedUrl(port: number, password: string, database: string): string {
  return `postgresql://${embeddedUser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/**
 * Connection string of the embedded control database for Tenantry's own processes and the platform's apps. Its
 * password is derived from the administrator's, so that an app's settings hold over restarts.
 */
export function embeddedAppUrl(port: number, password: string): string {
  const own = createHmac("sha256", password).update(appRole).digest("base64url");
  return `postgresql://${appRole}:${own}@127.0.0.1:${port}/${embeddedControl}`;
}

/** Starts the embedded PostgreSQL, making its data on the first start and clearing up after a kill. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const files = await embeddedFiles(options.folder);
  if (!existsSync(join(files.data, "PG_VERSION"))) initialise(files, options.password);
  await endOrphan(files.data);
  const server = launch(files, options);
  const ended = new Promise<number | null>((resolve) => server.once("exit", (code) => resolve(code)));
  const url = (database: string) => embeddedUrl(options.port, options.password, database);
  await ready(url("postgres"), server, join(options.folder, "postgres.log"));
  const stop = async () => {
    server.kill("SIGINT");
    await ended;
  };
  return { port: options.port, url, pid: server.pid ?? 0, ended, stop };
}

function initialise({ initdb, data, runAs }: EmbeddedFiles, password: string): void {
  // An initdb that was cut off leaves a folder without PG_VERSION, which it would not touch again.
  rmSync(data, { recursive: true, force: true });
  privateFolder(data, runAs);
  const passwordFolder = mkdtempSync(join(tmpdir(), "tenantry-"));
  const passwordFile = join(passwordFolder, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if ("uid" in runAs) for (const path of [passwordFolder, passwordFile]) chownSync(path, runAs.uid, runAs.gid);
  try {
    const flags = [
      `--pgdata=${data}`,
      "--auth=scram-sha-256",
      `--username=${embeddedUser}`,
      `--pwfile=${passwordFile}`,
    ];
    run(initdb, [...flags, "--encoding=UTF8", "--locale=C", "--data-checksums"], runAs);
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFolder, { recursive: true, force: true });
  }
}

function run(program: string, args: string[], runAs: RunAs): void {
  const { status, stderr, error } = spawnSync(program, args, { ...runAs, cwd: tmpdir(), encoding: "utf8" });
  if (status !== 0) throw new Error(`PostgreSQL could not be made ready: ${error?.message ?? stderr}`);
}

/** The PostgreSQL of a supervisor that was killed, if it still runs on this folder's data. */
export async function orphanOf(folder: string): Promise<number | undefined> {
  const { data } = await embeddedFiles(folder);
  return runningOn(data);
}

/** The port on which the PostgreSQL of a data folder runs now, as its own postmaster.pid says; undefined when it doesn't. */
export async function portOf(folder: string): Promise<number | undefined> {
  const { data } = await embeddedFiles(folder);
  return runningOn(data) === undefined ? undefined : Number(pidFile(data)[3]);
}

function runningOn(data: string): number | undefined {
  const pid = Number(pidFile(data)[0] ?? 0);
  return isPostgres(pid) ? pid : undefined;
}

// PostgreSQL: lines of process id, data directory, start time, port.
function pidFile(data: string): string[] {
  const file = join(data, "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

/** After `kill -9` of the supervisor its PostgreSQL goes on; it is stopped cleanly so that the new one is ours. */
async function endOrphan(data: string): Promise<void> {
  const pid = runningOn(data);
  if (pid === undefined) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; alive(pid) && waited < 30_000; waited += 50) await delay(50);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A pid is used again after a reboot: only a process that is PostgreSQL is taken for ours. */
function isPostgres(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || !alive(pid)) return false;
  const name = spawnSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" });
  const words = name.error && existsSync(`/proc/${pid}/comm`) ? readFileSync(`/proc/${pid}/comm`, "utf8") : name.stdout;
  return words.includes("postgres");
}

function launch({ postgres, data, runAs }: EmbeddedFiles, options: EmbeddedOptions): ChildProcess {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "cluster_name=tenantry",
    "max_connections=300",
    "shared_preload_libraries=pg_stat_statements",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_min_messages=warning",
    ...(options.settings ?? []),
  ];
  const flags = settings.flatMap((setting) => ["-c", setting]);
  // A process group of its own: Ctrl-C in the terminal must not stop the database before its clients.
  const server = spawn(postgres, ["-D", data, "-p", String(options.port), ...flags], {
    ...runAs,
    cwd: data,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const keep = (chunk: Buffer) => appendFileSync(join(options.folder, "postgres.log"), chunk);
  server.stdout?.on("data", keep);
  server.stderr?.on("data", keep);
  server.on("error", (error) => keep(Buffer.from(`${error.message}\n`)));
  return server;
}

async function ready(url: string, server: ChildProcess, log: string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (server.exitCode !== null || server.pid === undefined) break;
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return await client.end();
    } catch {
      await client.end().catch(() => undefined);
      await delay(50);
    }
  }
  server.kill("SIGINT");
  const tail = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n") : "";
  throw new Error(`The embedded PostgreSQL did not start. The end of ${log}:\n${tail}`);
}
