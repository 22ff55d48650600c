import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordAudit } from "@/lib/gate/audit";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { keepPartitions } from "@/lib/history/partitions";
import { createTenant } from "@/lib/tenants/create-tenant";
import { removeTenant } from "@/lib/tenants/remove-tenant";
import { runWorker } from "@/lib/worker/worker";
import { grantApp } from "./app-role";
import { controlDb } from "./prisma";
import { type TestControl, testControl } from "./testing";

let control: TestControl;
let ownerUrl: string;
let app: pg.Client;
const role = `app_${randomBytes(4).toString("hex")}`;

beforeAll(async () => {
  control = await testControl();
  ownerUrl = control.url;
  for (const password of ["old", "pass word"]) await grantApp(ownerUrl, role, password);
  await controlDb().$disconnect();
  const url = new URL(ownerUrl);
  [url.username, url.password] = [role, "pass word"];
  process.env.DATABASE_URL = url.href;
  app = new pg.Client({ connectionString: url.href });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await control.sql(`DROP OWNED BY ${role} CASCADE`);
  await control.close();
  await control.sql(`DROP ROLE ${role}`, [], "postgres");
});

describe("as the application's role, PostgreSQL refuses", () => {
  test.each([
    "UPDATE audit_events SET actor = 'x'",
    "DELETE FROM audit_events",
    "TRUNCATE audit_events",
    "DROP TABLE audit_events",
    "DROP TRIGGER audit_events_only_grow ON audit_events",
    "ALTER TABLE audit_events DISABLE TRIGGER ALL",
    "ALTER TABLE audit_events ADD COLUMN x int",
    "CREATE RULE x AS ON INSERT TO audit_events DO INSTEAD NOTHING",
    "CREATE TRIGGER x BEFORE INSERT ON audit_events EXECUTE FUNCTION audit_events_only_grow()",
    "CREATE OR REPLACE FUNCTION audit_events_only_grow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "DROP FUNCTION audit_events_only_grow() CASCADE",
    "SET session_replication_role = replica",
    "DELETE FROM audit_head",
    "TRUNCATE users",
    "DELETE FROM _prisma_migrations",
    "CREATE ROLE somebody",
    "CREATE DATABASE something",
    "ALTER SCHEMA public RENAME TO other",
    "GRANT UPDATE ON audit_events TO PUBLIC",
  ])("%s", async (statement) => {
    await recordAudit(as("owner"), { operation: "thing.done", outcome: "done" });
    const before = await control.sql("SELECT relacl::text FROM pg_class WHERE relname = 'audit_events'");
    await app.query(statement).catch((error: pg.DatabaseError) => expect(error.code).toMatch(/^(42501|25006)$/));
    const after = await control.sql("SELECT relacl::text FROM pg_class WHERE relname = 'audit_events'");
    expect(after.rows).toEqual(before.rows);
    if (!statement.startsWith("GRANT")) await expect(app.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});

describe("as the application's role, the product works", () => {
  test("and waits for locks, and holds them while idle, for seconds only", async () => {
    const { rows } = await app.query(
      `SELECT current_setting('lock_timeout') AS lock, current_setting('idle_in_transaction_session_timeout') AS idle`,
    );
    expect(rows).toEqual([{ lock: "10s", idle: "1min" }]);
  });

  test("a tenant is made and removed by the worker's jobs", async () => {
    const stop = new AbortController();
    const worker = runWorker(stop.signal, () => undefined);
    const gone = async (id: string) => (await controlDb().tenant.findUnique({ where: { id } }))?.deletedAt;
    const status = async (id: string) => (await controlDb().tenant.findUnique({ where: { id } }))?.status;
    try {
      const input = { name: "Acme", slug: `acme-${role.slice(4)}`, plan: "starter", serverId: control.serverId };
      const { id } = await perform(createTenant, as("owner"), input);
      await expect.poll(() => status(id), { timeout: 20_000 }).toBe("active");
      await perform(removeTenant, as("system"), { id, confirm: input.slug, purge: true } as never);
      await expect.poll(() => gone(id), { timeout: 20_000 }).not.toBeNull();
    } finally {
      stop.abort();
      await worker;
    }
  }, 60_000);

  test("partitions are made and dropped, also those that the owner made", async () => {
    await control.sql("SELECT ensure_usage_partition('server_ticks', '2025-03-01')");
    await grantApp(ownerUrl, role, "pass word");
    await keepPartitions(controlDb(), new Date("2025-03-10T12:00:00Z"));
    const { rows } = await control.sql(
      "SELECT relname FROM pg_class WHERE relname ~ '^server_ticks_202503..$' ORDER BY 1",
    );
    expect(rows.map(({ relname }) => relname)).toEqual(
      ["07", "08", "09", "10", "11", "12"].map((day) => `server_ticks_202503${day}`),
    );
  });
});

describe("a role is refused", () => {
  test("that nothing would keep from the trail", async () => {
    const mighty = `mighty_${role}`;
    await control.sql(`CREATE ROLE ${mighty} LOGIN SUPERUSER`);
    await expect(grantApp(ownerUrl, mighty, "")).rejects.toThrow(/is a superuser/);
    await control.sql(`ALTER ROLE ${mighty} NOSUPERUSER`);
    await control.sql(`GRANT ${control.access.adminUser} TO ${mighty}`);
    await expect(grantApp(ownerUrl, mighty, "")).rejects.toThrow(/member of who does/);
    await control.sql(`DROP ROLE ${mighty}`);
    await expect(grantApp(ownerUrl, control.access.adminUser, control.access.adminPassword)).rejects.toThrow(
      /the owner/,
    );
  });
});

test("an owner who is no superuser can grant it", async () => {
  const owner = `owner_${role}`;
  const database = `plain_${role}`;
  const admin = new URL(ownerUrl);
  admin.pathname = "/postgres";
  await control.sql(`CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD 'x'`);
  await control.sql(`CREATE DATABASE ${database} OWNER ${owner}`, [], "postgres");
  const url = new URL(ownerUrl);
  [url.username, url.password, url.pathname] = [owner, "x", `/${database}`];
  const { applyMigrations } = await import("./migrations");
  const { prepareQueue } = await import("@/lib/jobs/prepare");
  for (const round of [1, 2]) {
    await applyMigrations(url.href);
    await prepareQueue(url.href);
    await grantApp(url.href, `${role}_plain`, `secret ${round}`);
  }
  const plain = new URL(url);
  [plain.username, plain.password] = [`${role}_plain`, "secret 2"];
  const client = new pg.Client({ connectionString: plain.href });
  await client.connect();
  await expect(client.query("DELETE FROM audit_events")).rejects.toMatchObject({ code: "42501" });
  await client.query("SELECT ensure_usage_partition('server_ticks', '2027-04-01')");
  await client.query("SELECT count(*) FROM graphile_worker._private_jobs");
  await client.end();
  await control.sql(`DROP DATABASE ${database} WITH (FORCE)`, [], "postgres");
  for (const name of [`${role}_plain`, owner]) await control.sql(`DROP ROLE ${name}`, [], "postgres");
});
