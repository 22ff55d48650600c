import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { freePort } from "@/lib/platform/free-port";
import type { BenchTenant } from "./own-postgres";

const program = "/usr/sbin/pgbouncer";

/** A PgBouncer in transaction mode before a PostgreSQL, or nothing where none is installed. */
export type Pooler = { port: number; stop: () => Promise<void> };

/** Starts Debian's PgBouncer for some tenants; undefined where it is not installed. */
export async function startPooler(
  postgresPort: number,
  tenants: BenchTenant[],
  most: number,
): Promise<Pooler | undefined> {
  if (!existsSync(program)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "tenantry-pgbouncer-"));
  chmodSync(folder, 0o755);
  const port = await freePort();
  writeFileSync(
    join(folder, "users.txt"),
    tenants.map(({ database, password }) => `"${database}" "${password}"\n`).join(""),
  );
  const settings = [
    "[databases]",
    `* = host=127.0.0.1 port=${postgresPort}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = scram-sha-256",
    `auth_file = ${join(folder, "users.txt")}`,
    "pool_mode = transaction",
    "max_client_conn = 2000",
    "default_pool_size = 8",
    `max_db_connections = ${most}`,
    "server_idle_timeout = 600",
    "log_connections = 0",
    "log_disconnections = 0",
    "log_pooler_errors = 0",
  ];
  writeFileSync(join(folder, "pgbouncer.ini"), `${settings.join("\n")}\n`);
  const asUser = process.getuid?.() === 0 ? ["-u", "postgres"] : [];
  const child = spawn(program, ["-q", ...asUser, join(folder, "pgbouncer.ini")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [first] = tenants;
  if (first) await ready(`postgresql://${first.database}:${first.password}@127.0.0.1:${port}/${first.database}`);
  return {
    port,
    stop: async () => {
      const ended = once(child, "exit");
      if (child.exitCode === null && child.kill("SIGQUIT")) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(url: string): Promise<void> {
  for (let waited = 0; ; waited++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on("error", () => undefined);
    const failure = await client
      .connect()
      .then(() => client.end())
      .catch((error: unknown) => error);
    if (!failure) return;
    if (waited === 50) throw new Error(`PgBouncer did not let anybody in: ${String(failure)}`);
    await delay(100);
  }
}
