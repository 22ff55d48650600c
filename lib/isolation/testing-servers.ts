import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { newId } from "@/lib/kernel/ids";
import { startEmbedded } from "@/lib/platform/embedded";
import { freePort } from "@/lib/platform/free-port";
import { quoteName, quoteText } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { sealAdminPassword } from "@/lib/servers/access";
import { mark } from "@/lib/tenants/steps";

const programs15 = "/usr/lib/postgresql/15/bin";

/** Whether Debian's PostgreSQL 15 is here to be tested against. */
export const has15 = existsSync(join(programs15, "postgres"));

/** For tests: a PostgreSQL server with tenants that nobody else's test sees. */
export type OwnServer = {
  id: string;
  name: string;
  port: number;
  /** The folder of its data, with pg_hba.conf. */
  data: string;
  sql: (text: string, database?: string) => Promise<pg.QueryResult>;
  /** An administrator's connection, for the caller to end. */
  open: (database?: string) => Promise<pg.Client>;
  /** Registers a tenant whose database and role are there as provisioning leaves them. */
  tenant: (slug: string, more?: { database?: string; role?: string; adopted?: boolean }) => Promise<OwnTenant>;
  stop: () => Promise<void>;
};

export type OwnTenant = { id: string; database: string; role: string };

/** Starts a server of its own and registers it; `major` 15 is Debian's, else it is the embedded one. */
export async function ownServer(name: string, major: 15 | 18 = 18): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-isolation-"));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const password = randomBytes(12).toString("hex");
  const started = major === 18 ? await start18(folder, port, password) : await start15(folder, port, password);
  const url = (database: string) => `postgresql://tenantry:${password}@127.0.0.1:${port}/${database}`;
  const id = newId(new Date());
  await controlDb().server.create({
    data: {
      id,
      name,
      region: "local",
      host: "127.0.0.1",
      port,
      adminUser: "tenantry",
      adminSecret: await sealAdminPassword(id, password),
    },
  });
  const open = async (database = "postgres") => {
    const client = new pg.Client({ connectionString: url(database) });
    await client.connect();
    return client;
  };
  const sql = async (text: string, database = "postgres") => {
    const client = await open(database);
    return await client.query(text).finally(() => client.end());
  };
  return {
    ...{ id, name, port, sql, open, data: started.data },
    tenant: (slug, more = {}) => makeTenant(id, sql, slug, more),
    stop: async () => {
      await started.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start18(folder: string, port: number, password: string) {
  const server = await startEmbedded({ folder, port, password, settings: ["fsync=off"] });
  const client = new pg.Client({ connectionString: server.url("postgres") });
  await client.connect();
  const { rows } = await client.query("SHOW data_directory").finally(() => client.end());
  return { data: String(rows[0].data_directory), stop: server.stop };
}

async function start15(folder: string, port: number, password: string) {
  const data = join(folder, "data");
  const secret = join(folder, "password");
  const user = postgresUser();
  writeFileSync(secret, password);
  chownSync(secret, user.uid, user.gid);
  chownSync(folder, user.uid, user.gid);
  const flags = [
    "-D",
    data,
    "-U",
    "tenantry",
    "-A",
    "scram-sha-256",
    `--pwfile=${secret}`,
    "-E",
    "UTF8",
    "--locale=C",
    "-N",
  ];
  const made = spawnSync(join(programs15, "initdb"), flags, { ...user, encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
  const settings = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
  const server = spawn(join(programs15, "postgres"), ["-D", data, "-p", String(port), ...settings], {
    ...user,
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  await answering(`postgresql://tenantry:${password}@127.0.0.1:${port}/postgres`);
  const stop = async () => {
    server.kill("SIGINT");
    await ended;
  };
  return { data, stop };
}

/** PostgreSQL refuses to run as root; elsewhere it runs as whoever runs the tests. */
function postgresUser(): { uid: number; gid: number } {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (uid !== 0) return { uid, gid };
  const id = (flag: string) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

async function answering(url: string): Promise<void> {
  const until = Date.now() + 20_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (Date.now() > until) throw error;
      await delay(100);
    }
  }
}

async function makeTenant(
  serverId: string,
  sql: OwnServer["sql"],
  slug: string,
  { database = `t_${slug}`, role = database, adopted = false }: { database?: string; role?: string; adopted?: boolean },
): Promise<OwnTenant> {
  const id = newId(new Date());
  const [db, own] = [quoteName(database), quoteName(role)];
  await sql(`CREATE ROLE ${own} LOGIN; COMMENT ON ROLE ${own} IS ${quoteText(mark(id))}`);
  await sql(`CREATE DATABASE ${db} ${adopted ? "" : `OWNER ${own}`} STRATEGY FILE_COPY`);
  await sql(`REVOKE ALL ON DATABASE ${db} FROM PUBLIC; GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${db} TO ${own}`);
  await controlDb().tenant.create({
    data: {
      ...{
        id,
        slug,
        name: slug,
        status: "active",
        plan: "starter",
        region: "local",
        serverId,
        database,
        role,
        adopted,
      },
      secret: "none",
    },
  });
  return { id, database, role };
}
