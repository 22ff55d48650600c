import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { seal } from "./keyring";
import { quoteName, quoteText, type ServerAccess } from "./postgres";
import { controlDb } from "./prisma";
import { contexts } from "./sealed-columns";
import { templateName } from "./testing-server";

export type TestTenant = { id: string; slug: string; database: string; role: string; password: string };

export type TestControl = {
  /** Connection string of the fresh control database; `DATABASE_URL` is set to it. */
  url: string;
  /** Administrator's access to the run's PostgreSQL, which is also registered as the server `serverId`. */
  access: ServerAccess;
  serverId: string;
  /** Runs SQL as the administrator on any database of the run's PostgreSQL (the control database unless told). */
  sql: (text: string, values?: unknown[], database?: string) => Promise<pg.QueryResult>;
  /** Makes a real database and role with its registry row, active unless told. */
  makeTenant: (slug: string, status?: "active" | "provisioning") => Promise<TestTenant>;
  /** Drops everything that this control database and its tenants made. */
  close: () => Promise<void>;
};

let made = 0;

/** A fresh control database on the run's PostgreSQL; call it once in a file's `beforeAll`, and `close` in `afterAll`. */
export async function testControl(): Promise<TestControl> {
  const postgresUrl = new URL(inject("postgresUrl"));
  const tag = randomBytes(4).toString("hex");
  const access = accessOf(postgresUrl);
  const adminUrl = withDatabase(postgresUrl, "postgres");
  await once(adminUrl, `CREATE DATABASE ${quoteName(`control_${tag}`)} TEMPLATE ${templateName}`);
  const url = withDatabase(postgresUrl, `control_${tag}`);
  process.env.DATABASE_URL = url;
  process.env.TENANTRY_SECRET_KEY = randomBytes(32).toString("base64");
  process.env.LOG_LEVEL ??= "silent";
  const serverId = await registerServer(access, tag);
  const tenants: TestTenant[] = [];
  return {
    url,
    access,
    serverId,
    sql: (text, values, database) => once(database ? withDatabase(postgresUrl, database) : url, text, values),
    makeTenant: async (slug, status = "active") => {
      const tenant = await makeTenant(adminUrl, serverId, tag, slug, status);
      tenants.push(tenant);
      return tenant;
    },
    close: async () => {
      await controlDb().$disconnect();
      for (const { database, role } of tenants) {
        await once(adminUrl, `DROP DATABASE IF EXISTS ${quoteName(database)} WITH (FORCE)`);
        await once(adminUrl, `DROP ROLE IF EXISTS ${quoteName(role)}`);
      }
      await once(adminUrl, `DROP DATABASE IF EXISTS ${quoteName(`control_${tag}`)} WITH (FORCE)`);
    },
  };
}

function accessOf(url: URL): ServerAccess {
  return {
    host: url.hostname,
    port: Number(url.port),
    adminUser: url.username,
    adminPassword: decodeURIComponent(url.password),
    adminDatabase: "postgres",
    tls: false,
  };
}

function withDatabase(url: URL, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function once(url: string, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return values.length > 0 ? await client.query(text, values) : await client.query(text);
  } finally {
    await client.end();
  }
}

async function registerServer(access: ServerAccess, tag: string): Promise<string> {
  const id = newId(new Date());
  const { host, port, adminUser, adminPassword } = access;
  const adminSecret = await seal(adminPassword, contexts.server(id));
  await controlDb().server.create({
    data: { id, name: `server ${tag}`, region: "local", host, port, adminUser, adminSecret },
  });
  return id;
}

async function makeTenant(
  adminUrl: string,
  serverId: string,
  tag: string,
  slug: string,
  status: "active" | "provisioning",
): Promise<TestTenant> {
  const id = newId(new Date());
  const database = `t_${slug.replaceAll("-", "_")}_${tag}${made++}`;
  const tenant = { id, slug, database, role: database, password: randomBytes(12).toString("hex") };
  await once(adminUrl, `CREATE ROLE ${quoteName(tenant.role)} LOGIN PASSWORD ${quoteText(tenant.password)}`);
  await once(adminUrl, `CREATE DATABASE ${quoteName(database)} OWNER ${quoteName(tenant.role)}`);
  const secret = await seal(tenant.password, contexts.tenant(id));
  await controlDb().tenant.create({
    data: {
      id,
      slug,
      name: slug,
      status,
      plan: "starter",
      region: "local",
      serverId,
      database,
      role: tenant.role,
      secret,
    },
  });
  return tenant;
}
