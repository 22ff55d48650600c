import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { everything } from "@/lib/kernel/scope";
import { controlDb, Prisma } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { readFolder } from "@/lib/schema/folder";
import type { Action, ItemWork } from "../action";
import { act, ending, testWork } from "../testing-work";
import { checkSchema } from "./check-schema";
import { migrate } from "./migrate";
import { rollback } from "./rollback";
import { seed } from "./seed";

const [first = "", latest = ""] = readFolder("prisma/tenant/migrations").map(({ name }) => name);

let control: TestControl;
let tenant: TestTenant;
let work: ItemWork;
let made = 0;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  tenant = await control.makeTenant(`acts-${made++}`);
  await sql(`ALTER SCHEMA public OWNER TO "${tenant.role}"`);
  work = await testWork(control, tenant.id);
});

const sql = (text: string) => control.sql(text, [], tenant.database);
const row = () => controlDb().tenantSchema.findUniqueOrThrow({ where: { tenantId: tenant.id } });
const undo = async (action: typeof migrate, saved: unknown) => {
  if (action.where !== "server" || !action.undo) throw new Error("It has no undo.");
  const back = await testWork(control, tenant.id);
  return await ending(back, action.undo.run(back, saved as never));
};

test("migrating tells what it applied, the same again for the same run, and writes the version down", async () => {
  const words = `Applied ${first}, ${latest}.`;
  expect(await act(migrate, work)).toEqual({ status: "done", words });
  expect(await act(migrate, work)).toEqual({ status: "done", words });
  expect(await row()).toMatchObject({ version: latest, applied: 2, error: null, checkedAt: null, drifted: null });
  expect(await act(migrate, await testWork(control, tenant.id))).toMatchObject({
    status: "skipped",
    words: `There was nothing to apply: it is at ${latest}.`,
  });
});

test("what can be rolled back is undone, and a rollback is, too", async () => {
  await act(migrate, work, { upTo: first });
  const up = await act(migrate, await testWork(control, tenant.id));
  expect(await undo(migrate, up.saved)).toMatchObject({ status: "done", words: `Rolled back ${latest}.` });
  expect(await row()).toMatchObject({ version: first, applied: 1 });
  await act(migrate, await testWork(control, tenant.id));
  const back = await act(rollback, await testWork(control, tenant.id), { migration: latest });
  expect(back).toMatchObject({ status: "done", words: `Rolled back ${latest}: now at ${first}.` });
  expect(await undo(rollback, back.saved)).toMatchObject({ status: "done", words: `Applied ${latest}.` });
  expect((await row()).version).toBe(latest);
});

test("a conflicting object fails for good: the old version stays and the words are kept", async () => {
  await act(migrate, work, { upTo: first });
  await sql("CREATE TABLE page_views ()");
  await expect(act(migrate, work)).rejects.toMatchObject({ code: "conflict" });
  expect(await row()).toMatchObject({
    version: first,
    error: `The migration ${latest} failed: relation "page_views" already exists`,
    errorAt: expect.any(Date),
  });
  await sql("DROP TABLE page_views");
  expect(await act(migrate, work)).toMatchObject({ status: "done" });
  expect(await row()).toMatchObject({ version: latest, error: null, errorAt: null });
});

test("a held lock is a passing fault, after the lock timeout that was asked for", async () => {
  await act(migrate, work, { upTo: first });
  const holder = sql("BEGIN; LOCK TABLE products; SELECT pg_sleep(2)");
  const held =
    "SELECT 1 FROM pg_locks WHERE relation = 'products'::regclass AND mode = 'AccessExclusiveLock' AND granted";
  await expect.poll(async () => (await sql(held)).rowCount, { timeout: 5000 }).toBe(1);
  await expect(act(migrate, work, { lockTimeoutMs: 50 })).rejects.toMatchObject({
    code: "unavailable",
    reason: "55P03",
  });
  await holder;
  expect(await act(migrate, work)).toMatchObject({ status: "done" });
});

test("a locked tenant is migrated as its own role, and stays locked", async () => {
  await control.sql(`ALTER ROLE "${tenant.role}" NOLOGIN`, [], "postgres");
  await control.sql(`ALTER DATABASE "${tenant.database}" CONNECTION LIMIT 0`, [], "postgres");
  await controlDb().tenant.update({ where: { id: tenant.id }, data: { status: "blocked" } });
  expect(await act(migrate, await testWork(control, tenant.id))).toMatchObject({ status: "done" });
  const owner =
    "SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relnamespace = 'public'::regnamespace";
  expect((await sql(owner)).rows).toEqual([{ owner: tenant.role }]);
  expect(await act(checkSchema, await testWork(control, tenant.id))).toMatchObject({
    words: "It is as its migrations make it.",
  });
});

test("an adopted database is not touched", async () => {
  await controlDb().tenant.update({ where: { id: tenant.id }, data: { adopted: true } });
  const adopted = await testWork(control, tenant.id);
  await expect(act(migrate, adopted)).rejects.toThrow("its schema is its owner's");
  expect((await sql("SELECT 1 FROM pg_class WHERE relname = '_prisma_migrations'")).rowCount).toBe(0);
});

describe("seeding", () => {
  const products = async () => (await sql("SELECT count(*)::int AS n FROM products")).rows[0].n;

  test("is done once, again when asked, and once for one run", async () => {
    await act(migrate, work);
    expect(await act(seed, work)).toEqual({ status: "done", words: "Seeded." });
    expect(await products()).toBe(3);
    await sql("DELETE FROM products");
    expect(await act(seed, work, { again: true })).toEqual({ status: "done", words: "Seeded." });
    expect(await products()).toBe(0);
    const other = await testWork(control, tenant.id);
    expect(await act(seed, other)).toEqual({ status: "skipped", words: "It was seeded before." });
    expect(await act(seed, other, { again: true })).toEqual({ status: "done", words: "Seeded." });
    expect(await products()).toBe(3);
  });

  test("fails whole where the schema is not there", async () => {
    await expect(act(seed, work)).rejects.toThrow('relation "products" does not exist');
  });
});

test("checking names what differs", async () => {
  await act(migrate, work);
  await sql("CREATE TABLE notes ()");
  expect(await act(checkSchema, work)).toMatchObject({ words: "It differs: extra table public.notes." });
  expect(await row()).toMatchObject({ drifted: true, version: latest });
});

describe("a plan leaves out", () => {
  const why = async (action: Action, input: unknown) => {
    const { leaveOut, warnings = [] } = await action.preview(action.input.parse(input), everything);
    const [found] = await controlDb().$queryRaw<{ why: string | null; warnings: (string | null)[] }[]>`
      SELECT ${leaveOut ?? Prisma.sql`NULL::text`} AS why, ARRAY[${Prisma.join(warnings)}]::text[] AS warnings
      FROM tenants t LEFT JOIN tenant_usage_latest u ON u.tenant_id = t.id
        LEFT JOIN tenant_schemas s ON s.tenant_id = t.id WHERE t.id = ${tenant.id}::uuid`;
    return { why: found?.why, warnings: found?.warnings.filter((text) => text !== null) };
  };

  test("who is at the version already, or past it, but not who is not known", async () => {
    expect(await why(migrate, {})).toEqual({ why: null, warnings: [] });
    await act(migrate, work, { upTo: first });
    expect((await why(migrate, {})).why).toBeNull();
    expect((await why(migrate, { upTo: first })).why).toBe(`Its schema is at ${first} already.`);
    expect((await why(rollback, { migration: latest })).why).toBe(`Its newest migration is another: ${first}.`);
    await act(migrate, work);
    expect((await why(migrate, {})).why).toBe(`Its schema is at ${latest} already.`);
    expect((await why(migrate, { upTo: first })).why).toBe(`Its schema is at ${latest} already.`);
    expect((await why(rollback, { migration: latest })).why).toBeNull();
  });

  test("an adopted database, and one that is not there", async () => {
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { adopted: true } });
    for (const action of [migrate, seed, checkSchema]) expect((await why(action, {})).why).toMatch(/adopted/);
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { adopted: false, status: "provisioning" } });
    expect((await why(migrate, {})).why).toMatch(/it is provisioning/);
  });

  test("and warns of what is locked, failed or drifted", async () => {
    await act(migrate, work, { upTo: first });
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { status: "suspended" } });
    await controlDb().tenantSchema.update({
      where: { tenantId: tenant.id },
      data: { drifted: true, error: "It failed." },
    });
    expect((await why(migrate, {})).warnings).toHaveLength(3);
  });
});

test("the form offers the folder's migrations, and only a reversible one can be rolled back", () => {
  expect(z.toJSONSchema(rollback.input, { io: "input" })).toMatchObject({
    properties: { migration: { enum: [latest], default: latest } },
  });
  expect(z.toJSONSchema(migrate.input, { io: "input" })).toMatchObject({
    properties: { upTo: { enum: [first, latest] } },
  });
  expect(rollback.input.safeParse({}).success).toBe(false);
  expect(migrate.input.safeParse({ upTo: "9_none" }).success).toBe(false);
  expect(rollback.input.safeParse({ migration: first }).success).toBe(false);
  expect(rollback.input.safeParse({ migration: latest }).success).toBe(true);
});

test("a plan to migrate says where tenants are brought, and by which migrations", () => {
  const totals = { tenants: 2, connections: null, requests: null, storage: null };
  const radius = (upTo?: string) => migrate.radius?.(migrate.input.parse({ upTo }) as never, totals);
  expect(radius()).toEqual([
    `They are brought to ${latest}.`,
    `Each gets what it has not got yet of ${first}, ${latest}.`,
  ]);
  expect(radius(first)).toEqual([`They are brought to ${first}.`]);
});
