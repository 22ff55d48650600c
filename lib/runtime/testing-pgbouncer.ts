import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { freePort } from "@/lib/platform/free-port";

export type TestPooler = {
  host: string;
  port: number;
  /** Stops it as a crash does. */
  kill: () => Promise<void>;
  /** Starts it again at the same port. */
  start: () => Promise<void>;
  close: () => Promise<void>;
};

type Wanted = {
  /** Where PgBouncer is, when it is nowhere usual. */
  program: string | undefined;
  mode: "session" | "transaction";
  /** The server behind it. */
  behind: { host: string; port: number };
  users: readonly { role: string; password: string }[];
  /** The most connections to one database; one shows what the last user left behind. */
  size: number;
  settings?: readonly string[];
};

/** Starts a real PgBouncer before a PostgreSQL, or says how one is installed. */
export async function startPgbouncer({
  program: named,
  mode,
  behind,
  users,
  size,
  settings = [],
}: Wanted): Promise<TestPooler> {
  const program = find(named);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "tenantry-pgbouncer-"));
  chmodSync(folder, 0o755);
  const file = (name: string, lines: readonly string[]) => {
    const path = join(folder, name);
    writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o644 });
    return path;
  };
  const auth = file(
    "users.txt",
    users.map(({ role, password }) => `"${role}" "${password}"`),
  );
  const config = file("pgbouncer.ini", [
    ...["[databases]", `* = host=${behind.host} port=${behind.port}`, "[pgbouncer]", "listen_addr = 127.0.0.1"],
    ...[`listen_port = ${port}`, "unix_socket_dir =", "auth_type = scram-sha-256", `auth_file = ${auth}`],
    ...[`pool_mode = ${mode}`, `default_pool_size = ${size}`, "max_client_conn = 200", "server_login_retry = 1"],
    ...settings,
  ]);
  let running: ChildProcess | undefined;
  const start = async () => {
    // It refuses to run as root.
    const args = process.getuid?.() === 0 ? ["-q", "-u", "nobody", config] : ["-q", config];
    running = spawn(program, args, { stdio: "ignore" });
    await untilListening(port);
  };
  const kill = async () => {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  };
  await start();
  return {
    ...{ host: "127.0.0.1", port, kill, start },
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function find(named = ""): string {
  const names = [named, "pgbouncer", "/usr/sbin/pgbouncer"].filter(Boolean);
  const found = names.find((name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0);
  if (found) return found;
  throw new Error("This test needs PgBouncer: apt-get install pgbouncer, or PGBOUNCER=/path/to/pgbouncer");
}

/** A client that is refused shows that somebody answers. */
async function untilListening(port: number): Promise<void> {
  for (let left = 200; left > 0; left--) {
    const client = new pg.Client({ host: "127.0.0.1", port, user: "nobody", password: "x", database: "none" });
    client.on("error", () => undefined);
    const refused = await client.connect().then(
      () => true,
      (error: { code?: string }) => error.code !== "ECONNREFUSED",
    );
    await client.end().catch(() => undefined);
    if (refused) return;
    await delay(25);
  }
  throw new Error("PgBouncer did not start.");
}
