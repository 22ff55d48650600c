import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { applyFolder } from "@/lib/platform/migrations";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { applyMigrations, usualLimits } from "./apply";
import { type Migration, readFolder } from "./folder";
import { recordId } from "./record";
import { rollBack } from "./roll-back";
import { type TestFolder, tenantClient, testFolder } from "./testing-folder";

let control: TestControl;
let tenant: TestTenant;
let folder: TestFolder;
let client: pg.Client;
let made = 0;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  tenant = await control.makeTenant(`schema-${made++}`);
  await control.sql(`ALTER SCHEMA public OWNER TO "${tenant.role}"`, [], tenant.database);
  folder = testFolder();
  folder.write("1_first", "CREATE TABLE a (id int); -- one\n-- a comment at the end", "DROP TABLE a");
  folder.write("2_second", "CREATE TABLE b (id int)", "DROP TABLE b");
  client = await tenantClient(control, tenant);
});
afterEach(async () => {
  await client.end();
  folder.remove();
});

const runId = newId(new Date());
const quick = { ...usualLimits, lockTimeoutMs: 100 };
const apply = (options: { runId?: string | null; upTo?: string; folder?: Migration[] } = {}) =>
  applyMigrations(client, options.folder ?? readFolder(folder.path), { ...quick, runId, ...options });
const tables = async () =>
  (await client.query("SELECT relname FROM pg_class WHERE relname ~ '^[a-f]$' ORDER BY 1")).rows.map(
    (row) => row.relname,
  );
const fromElsewhere = (sql: string) => control.sql(sql, [], tenant.database);
const prisma = async () => {
  // Our lock ends with the run's connection.
  await client.end();
  client = await tenantClient(control, tenant);
  const { host, port } = control.access;
  return applyFolder(`postgresql://${tenant.role}:${tenant.password}@${host}:${port}/${tenant.database}`, folder.path);
};

test("what is missing is applied in order, once, and a run knows again what it applied", async () => {
  expect(await apply()).toEqual({ version: "2_second", applied: 2, own: ["1_first", "2_second"], unknown: [] });
  expect(await apply()).toEqual({ version: "2_second", applied: 2, own: ["1_first", "2_second"], unknown: [] });
  expect((await apply({ runId: newId(new Date()) })).own).toEqual([]);
  expect(await tables()).toEqual(["a", "b"]);
  const { rows } = await client.query("SELECT id FROM _prisma_migrations ORDER BY migration_name");
  expect(rows.map((row) => row.id)).toEqual(["1_first", "2_second"].map((name) => recordId(runId, name)));
});

test("a run stops at the migration that it was told", async () => {
  expect(await apply({ upTo: "1_first" })).toMatchObject({ version: "1_first", own: ["1_first"] });
  await expect(apply({ upTo: "9_none" })).rejects.toThrow("has no migration 9_none");
});

describe("Prisma's own engine", () => {
  test("has nothing to apply after us", async () => {
    await apply();
    expect(await prisma()).toEqual([]);
  });

  test("is believed about what it applied", async () => {
    expect(await prisma()).toEqual(["1_first", "2_second"]);
    expect(await apply()).toMatchObject({ version: "2_second", own: [] });
  });

  test("applies again what we rolled back", async () => {
    await apply();
    expect(await rollBack(client, readFolder(folder.path), "2_second", { ...quick, runId })).toMatchObject({
      done: true,
    });
    expect(await tables()).toEqual(["a"]);
    expect(await prisma()).toEqual(["2_second"]);
  });

  test("leaves a failed migration, which we say and do not step over", async () => {
    folder.write("3_broken", "CREATE TABLE c (id int); SELECT 1/0");
    await expect(prisma()).rejects.toThrow();
    await expect(apply()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("3_broken was begun and did not finish"),
    });
  });

  test("and we keep each other out", async () => {
    const other = await tenantClient(control, tenant);
    await other.query("SELECT pg_advisory_lock(72707369)");
    await expect(apply()).rejects.toMatchObject({ code: "unavailable", reason: "55P03" });
    await other.end();
    expect((await apply()).applied).toBe(2);
  });
});

test("a changed migration, and one that is missing below a later one, are errors; one more is only told", async () => {
  await apply();
  folder.write("1_first", "CREATE TABLE a (id bigint)");
  await expect(apply()).rejects.toThrow("1_first was changed after it had been applied");
  folder.write("1_first", "CREATE TABLE a (id int); -- one\n-- a comment at the end");
  folder.write("1_late", "CREATE TABLE d (id int)");
  await expect(apply()).rejects.toThrow("1_late is missing here, although the later 2_second is applied");
  const without = readFolder(folder.path).filter(({ name }) => name === "1_first");
  expect(await apply({ folder: without })).toMatchObject({ unknown: ["2_second"], version: "2_second" });
});

test("a migration that fails leaves the version before it, and tells PostgreSQL's words and the line", async () => {
  folder.write("3_third", "CREATE TABLE c (id int);\nCREATE TABLE a (id int);");
  const reached: string[] = [];
  const options = { ...quick, runId, reached: ({ version }: { version: string }) => void reached.push(version) };
  await expect(applyMigrations(client, readFolder(folder.path), options)).rejects.toMatchObject({
    code: "conflict",
    message: 'The migration 3_third failed: relation "a" already exists',
    reason: "42P07",
  });
  expect(reached.at(-1)).toBe("2_second");
  expect(await tables()).toEqual(["a", "b"]);
  folder.write("3_third", "CREATE TABLE c (id int);\nSELEC 1;");
  await expect(apply()).rejects.toThrow('syntax error at or near "SELEC" (line 2)');
});

test("a held lock is a passing fault after the lock timeout, and a slow statement is not", async () => {
  await apply({ upTo: "1_first" });
  folder.write("2_second", "ALTER TABLE a ADD COLUMN x int");
  const holder = await tenantClient(control, tenant);
  await holder.query("BEGIN; LOCK TABLE a");
  await expect(apply()).rejects.toMatchObject({ code: "unavailable", reason: "55P03" });
  await holder.end();
  folder.write("2_second", "SELECT pg_sleep(5)");
  const slow = applyMigrations(client, readFolder(folder.path), { ...quick, statementTimeoutMs: 50, runId });
  await expect(slow).rejects.toMatchObject({ code: "conflict", reason: "57014" });
  expect((await client.query("SHOW statement_timeout")).rows).toEqual([{ statement_timeout: "0" }]);
});

test("a session that is killed in a migration leaves nothing of it", async () => {
  folder.write("2_second", "CREATE TABLE b (id int); SELECT pg_sleep(20)");
  const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
  const cut = apply().catch((error) => error);
  const sleeping = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ${rows[0].pid} AND wait_event = 'PgSleep'`;
  await expect.poll(async () => (await fromElsewhere(sleeping)).rowCount, { timeout: 5000 }).toBe(1);
  expect(await cut).toMatchObject({ code: "unavailable" });
  client = await tenantClient(control, tenant);
  expect(await tables()).toEqual(["a"]);
  folder.write("2_second", "CREATE TABLE b (id int)");
  expect((await apply()).own).toEqual(["1_first", "2_second"]);
});

describe("what can't be in a transaction", () => {
  const concurrent = "-- tenantry: no-transaction\nCREATE INDEX CONCURRENTLY a_id ON a (id);\nVACUUM a;\n";

  test("runs outside one, and Prisma agrees that it is applied", async () => {
    folder.write("3_index", concurrent);
    expect((await apply()).version).toBe("3_index");
    expect(await prisma()).toEqual([]);
  });

  test("stays begun when it is cut off, for a person to look at", async () => {
    folder.write("3_index", `${concurrent}SELECT 1/0;`);
    await expect(apply()).rejects.toThrow("division by zero It is recorded as begun");
    await expect(apply()).rejects.toThrow("3_index was begun and did not finish");
  });

  test("is refused where it begins or ends transactions unsaid", () => {
    folder.write("3_own", "BEGIN;\nCREATE TABLE c (id int);\nCOMMIT;");
    expect(() => readFolder(folder.path)).toThrow("3_own/migration.sql begins or ends transactions itself");
  });
});

describe("rolling back", () => {
  const back = (name: string, id = runId) => rollBack(client, readFolder(folder.path), name, { ...quick, runId: id });

  test("takes only the newest, and is the same when it is repeated", async () => {
    await apply();
    await expect(back("1_first")).rejects.toThrow("Only the newest migration can be rolled back: here it is 2_second");
    expect(await back("2_second")).toEqual({ version: "1_first", applied: 1, done: true });
    expect(await back("2_second")).toEqual({ version: "1_first", applied: 1, done: true });
    expect(await back("2_second", newId(new Date()))).toEqual({ version: "1_first", applied: 1, done: false });
    expect(await tables()).toEqual(["a"]);
  });

  test("and migrating again in the same run finds a free id", async () => {
    await apply();
    await back("2_second");
    expect(await apply()).toMatchObject({ version: "2_second", own: ["1_first", "2_second"] });
  });

  test("needs a down.sql", async () => {
    folder.write("3_third", "CREATE TABLE c (id int)");
    await apply();
    await expect(back("3_third")).rejects.toThrow("has no down.sql");
  });
});
