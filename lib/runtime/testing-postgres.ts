import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { newId } from "@/lib/kernel/ids";
import { startEmbedded } from "@/lib/platform/embedded";
import { freePort } from "@/lib/platform/free-port";
import { seal } from "@/lib/platform/keyring";
import { quoteName, quoteText } from "@/lib/platform/postgres";
import { contexts } from "@/lib/platform/sealed-columns";

/** How a server is taken down: `fast` ends sessions and writes everything, `immediate` is a crash. */
export type Shutdown = "fast" | "immediate";

/** A PostgreSQL of a test's own that can be taken down and started again at the same port. */
export type OwnServer = {
  port: number;
  /** Administrator's connection string for a database. */
  url: (database: string) => string;
  /** Runs SQL as the administrator, on a connection of its own. */
  sql: (text: string, values?: unknown[], database?: string) => Promise<pg.QueryResult>;
  down: (how: Shutdown) => Promise<void>;
  up: () => Promise<void>;
  /** Stops it for good and removes its data. */
  end: () => Promise<void>;
};

/** Starts a PostgreSQL of a test's own. */
export async function ownServer(settings: string[] = []): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-own-"));
  chmodSync(folder, 0o755);
  const options = { folder, port: await freePort(), password: randomBytes(12).toString("hex") };
  const start = () => startEmbedded({ ...options, settings: ["max_connections=200", ...settings] });
  let server = await start();
  const down = async (how: Shutdown) => {
    process.kill(server.pid, how === "fast" ? "SIGINT" : "SIGQUIT");
    await server.ended;
  };
  return {
    port: options.port,
    url: (database) => server.url(database),
    sql: (text, values, database = "postgres") => once(server.url(database), text, values),
    down,
    up: async () => {
      server = await start();
    },
    end: async () => {
      await down("immediate").catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs SQL on a connection of its own. */
async function once(url: string, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return values.length > 0 ? await client.query(text, values) : await client.query(text);
  } finally {
    await client.end();
  }
}

/** Runs SQL on the control database. */
export type ControlSql = (text: string, values?: unknown[]) => Promise<pg.QueryResult>;

export type Stamped = { id: string; slug: string; database: string; role: string };

/** What no tenant's stamp is: whoever reads it reads what another session left behind. */
export const poison = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** Registers a server in the control database; returns its id. */
export async function registerServer(control: ControlSql, port: number): Promise<string> {
  const id = newId(new Date());
  await control(
    `INSERT INTO servers (id, name, region, host, port, admin_user, admin_secret)
     VALUES ($1, $2, 'local', '127.0.0.1', $3, 'none', '')`,
    [id, `own ${port}`, port],
  );
  return id;
}

/** Makes real databases, each with a role of its own that owns it and one row that says whose it is. */
export async function stampedTenants(server: OwnServer, control: ControlSql, count: number): Promise<Stamped[]> {
  const serverId = await registerServer(control, server.port);
  await server.sql("CREATE DATABASE stamped");
  // A schema whose table of the same name lies: what a search_path that stays would lead to.
  const tables = ["", "trap."].map((schema) => `CREATE TABLE ${schema}stamp (tenant uuid NOT NULL)`).join(";");
  await server.sql(`CREATE SCHEMA trap; ${tables}; INSERT INTO trap.stamp VALUES ('${poison}')`, [], "stamped");
  const tenants: Stamped[] = [];
  for (let number = 0; number < count; number++) tenants.push(await make(server, control, serverId, number));
  return tenants;
}

async function make(server: OwnServer, control: ControlSql, serverId: string, number: number): Promise<Stamped> {
  const tenant = { id: newId(new Date()), slug: `tenant-${number}`, database: `t_${number}`, role: `t_${number}` };
  const password = randomBytes(12).toString("hex");
  const [database, role] = [quoteName(tenant.database), quoteName(tenant.role)];
  await server.sql(`CREATE ROLE ${role} LOGIN PASSWORD ${quoteText(password)}`);
  await server.sql(`CREATE DATABASE ${database} TEMPLATE stamped STRATEGY file_copy OWNER ${role}`);
  await server.sql(`REVOKE CONNECT ON DATABASE ${database} FROM PUBLIC`);
  const own = ["stamp", "trap.stamp"].map((table) => `ALTER TABLE ${table} OWNER TO ${role}`).join(";");
  const stamp = `INSERT INTO stamp VALUES ('${tenant.id}'); GRANT ALL ON SCHEMA trap TO ${role}`;
  await server.sql(`${own}; ${stamp}`, [], tenant.database);
  await control(
    `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, updated_at)
     VALUES ($1, $2, $2, 'active', 'starter', 'local', $3, $4, $5, $6, now())`,
    [tenant.id, tenant.slug, serverId, tenant.database, tenant.role, await seal(password, contexts.tenant(tenant.id))],
  );
  return tenant;
}
