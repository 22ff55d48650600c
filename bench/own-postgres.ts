import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { newId } from "@/lib/kernel/ids";
import { randomToken } from "@/lib/platform/crypto";
import { embeddedUser, startEmbedded } from "@/lib/platform/embedded";
import { freePort } from "@/lib/platform/free-port";
import { seal } from "@/lib/platform/keyring";
import { applyMigrations } from "@/lib/platform/migrations";
import { quoteName, quoteText, type ServerAccess } from "@/lib/platform/postgres";
import { contexts } from "@/lib/platform/sealed-columns";
import { sealAdminPassword } from "@/lib/servers/access";

/** A PostgreSQL of the benchmark's own, with a migrated control database in it that `DATABASE_URL` names. */
export type OwnPostgres = {
  access: ServerAccess;
  url: (database: string) => string;
  serverId: string;
  sql: (text: string, values?: unknown[]) => Promise<pg.QueryResult>;
  stop: () => Promise<void>;
};

/** `settings` are those of postgresql.conf, as "name=value". */
export async function ownPostgres(settings: string[] = []): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-bench-"));
  chmodSync(folder, 0o755);
  const password = randomBytes(12).toString("hex");
  const server = await startEmbedded({ folder, port: await freePort(), password, settings });
  const admin = new pg.Client({ connectionString: server.url("postgres") });
  await admin.connect();
  await admin.query("CREATE DATABASE control");
  await admin.end();
  await applyMigrations(server.url("control"));
  await runMigrations({ connectionString: server.url("control") });
  process.env.DATABASE_URL = server.url("control");
  process.env.TENANTRY_SECRET_KEY = randomBytes(32).toString("base64");
  process.env.LOG_LEVEL ??= "warn";
  const control = new pg.Client({ connectionString: server.url("control") });
  await control.connect();
  const access = { host: "127.0.0.1", port: server.port, adminUser: embeddedUser, adminPassword: password };
  const serverId = await register(control, server.port, password);
  return {
    access: { ...access, adminDatabase: "postgres", tls: false },
    url: server.url,
    serverId,
    sql: (text, values) => control.query(text, values),
    stop: async () => {
      await control.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function register(control: pg.Client, port: number, password: string): Promise<string> {
  const id = newId(new Date());
  await control.query(
    `INSERT INTO servers (id, name, region, host, port, admin_user, admin_secret)
     VALUES ($1, 'bench', 'local', '127.0.0.1', $2, $3, $4)`,
    [id, port, embeddedUser, await sealAdminPassword(id, password)],
  );
  return id;
}

/** Makes real tenant databases from one template with some rows in it, and their registry rows. */
export async function makeTenants(own: OwnPostgres, count: number): Promise<{ id: string; database: string }[]> {
  await own.sql("CREATE DATABASE sample");
  const sample = new pg.Client({ connectionString: own.url("sample") });
  await sample.connect();
  await sample.query("CREATE TABLE visits (id int PRIMARY KEY, seen bigint NOT NULL DEFAULT 0, note text)");
  await sample.query("INSERT INTO visits SELECT g, 0, repeat('x', 100) FROM generate_series(1, 1000) AS g");
  await sample.query("GRANT SELECT, UPDATE ON visits TO PUBLIC");
  await sample.end();
  const tenants: { id: string; database: string }[] = [];
  await durable(own, false);
  for (let number = 0; number < count; number++) {
    const tenant = { id: newId(new Date()), database: `tenant_${number}` };
    await own.sql(`CREATE DATABASE ${quoteName(tenant.database)} TEMPLATE sample STRATEGY file_copy`);
    await own.sql(
      `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, updated_at)
       VALUES ($1, $2, $2, 'active', 'starter', 'local', $3, $4, 'none', '', now())`,
      [tenant.id, `tenant-${number}`, own.serverId, tenant.database],
    );
    tenants.push(tenant);
  }
  await durable(own, true);
  return tenants;
}

/** A tenant that signs in as itself. */
export type BenchTenant = { id: string; slug: string; database: string; password: string };

/** Each tenant gets a role of its own, that owns its database, as a tenant has one. */
export async function withRoles(own: OwnPostgres, made: { id: string; database: string }[]): Promise<BenchTenant[]> {
  const tenants: BenchTenant[] = [];
  for (const [number, { id, database }] of made.entries()) {
    const password = randomToken();
    await own.sql(`CREATE ROLE ${quoteName(database)} LOGIN PASSWORD ${quoteText(password)}`);
    await own.sql(`ALTER DATABASE ${quoteName(database)} OWNER TO ${quoteName(database)}`);
    await own.sql(`REVOKE ALL ON DATABASE ${quoteName(database)} FROM PUBLIC`);
    const secret = await seal(password, contexts.tenant(id));
    await own.sql("UPDATE tenants SET role = $2, secret = $3 WHERE id = $1", [id, database, secret]);
    tenants.push({ id, slug: `tenant-${number}`, database, password });
  }
  return tenants;
}

/** Making hundreds of databases waits for the disk at each; measuring happens with the usual settings. */
async function durable(own: OwnPostgres, on: boolean): Promise<void> {
  const settings = ["fsync", "full_page_writes"];
  for (const setting of settings) await own.sql(`ALTER SYSTEM SET ${setting} = ${on ? "on" : "off"}`);
  await own.sql("SELECT pg_reload_conf()");
  await own.sql("CHECKPOINT");
}
