import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type OwnServer, type OwnTenant, ownServer } from "@/lib/isolation/testing-servers";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { showTenantStatements } from "./show-statements";

let control: TestControl;
let server: OwnServer;
let amber: OwnTenant;
let birch: OwnTenant;

beforeAll(async () => {
  control = await testControl();
  server = await ownServer("Emden 1");
  amber = await server.tenant("amber");
  birch = await server.tenant("birch");
});
afterAll(async () => {
  await server.stop();
  await control.close();
});

const read = (role: "viewer" | "operator", tenant = amber) =>
  perform(showTenantStatements, as(role), { id: tenant.id });

/** Reads again until what a session does is to be seen. */
async function until(role: "viewer" | "operator", there: (told: Awaited<ReturnType<typeof read>>) => boolean) {
  await expect.poll(async () => there(await read(role)), { timeout: 20_000 }).toBe(true);
  return await read(role);
}

test("without pg_stat_statements what runs is told, and why the rest is not", async () => {
  const told = await read("viewer");
  expect(told).toMatchObject({ answered: true, running: [], top: null, countedSince: null, missing: "extension" });
});

test("what runs is told with its age, wait and blocker; constants are for who may work on databases", async () => {
  await server.sql("CREATE EXTENSION pg_stat_statements");
  await server.sql(
    "CREATE TABLE orders (id int PRIMARY KEY, who text); INSERT INTO orders VALUES (1, 'x')",
    amber.database,
  );
  const holder = await server.open(amber.database);
  const waiter = await server.open(amber.database);
  await holder.query("BEGIN");
  await holder.query("UPDATE orders SET who = 'jane@private.example' WHERE id = 1");
  const blocked = waiter.query("UPDATE orders SET who = 'joe@private.example' WHERE id = 1");
  const told = await until(
    "operator",
    ({ running }) => running?.some(({ blockedBy }) => blockedBy.length > 0) ?? false,
  );
  const states = new Map(told.running?.map((one) => [one.state, one]));
  expect(states.get("idle in transaction")).toMatchObject({ constants: true, kind: "client backend" });
  expect(states.get("idle in transaction")?.transactionSeconds).toBeGreaterThan(0);
  const waits = states.get("active");
  expect(waits?.waitsFor).toMatch(/^Lock: /);
  expect(waits?.blockedBy).toEqual([states.get("idle in transaction")?.pid]);
  expect(waits?.statement).toBe("UPDATE orders SET who = 'joe@private.example' WHERE id = 1");
  const seen = await read("viewer");
  expect(JSON.stringify(seen)).not.toContain("private.example");
  expect(seen.running?.find(({ state }) => state === "active")).toMatchObject({
    statement: "UPDATE orders SET who = $1 WHERE id = $2",
    constants: false,
  });
  expect((await read("operator", birch)).running).toEqual([]);
  await holder.query("ROLLBACK");
  await blocked;
  await holder.end();
  await waiter.end();
});

test("what took most time is told by share, and no secret with it", async () => {
  await server.sql("SELECT pg_sleep(0.2), 'a-private-text'", amber.database);
  await server.sql("SELECT 'short-private-text'", amber.database);
  await server.sql("CREATE ROLE passing PASSWORD 'planted'; DROP ROLE passing", amber.database);
  const wide = (columns: number) =>
    `SELECT pg_sleep(0.05), ${Array.from({ length: columns }, (_, n) => `1 AS column_${n}`).join(", ")}`;
  for (const columns of [60, 600]) await server.sql(wide(columns), amber.database);
  const told = await read("operator");
  expect(told.top?.some(({ statement }) => statement.endsWith("AS column_59"))).toBe(true);
  const cut = told.top?.find(({ statement }) => statement.endsWith("…"));
  expect(cut?.statement, "longer than anybody reads").toHaveLength(4000);
  const slept = told.top?.find(
    ({ statement }) => statement.startsWith("SELECT pg_sleep($1), $2") && statement.length < 40,
  );
  expect(slept).toMatchObject({ statement: "SELECT pg_sleep($1), $2", calls: 1, rows: 1 });
  expect(slept?.meanMs).toBeGreaterThan(190);
  const shares = (told.top ?? []).map(({ share }) => share ?? 0);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1.0001);
  expect(shares).toEqual([...shares].sort((one, other) => other - one));
  expect(told.countedSince).toMatch(/^20/);
  expect(JSON.stringify(told)).not.toMatch(/private-text|planted/);
});

test("of a statement that may hold a secret only its first word is told, also behind another statement", async () => {
  const session = await server.open(amber.database);
  session.on("error", () => undefined);
  const work = session.query("SELECT pg_sleep(5); ALTER ROLE nobody PASSWORD 'planted'").catch(() => undefined);
  const told = await until("operator", ({ running }) => (running ?? []).length > 0);
  expect(JSON.stringify(told.running)).not.toContain("planted");
  expect(told.running?.[0]?.statement).toMatch(/SELECT/);
  await server.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${amber.database}'`);
  await work;
  await session.end().catch(() => undefined);
});

test("a tenant out of reach is unknown; a server that is away is told", async () => {
  const scoped = as("viewer", { scope: { kind: "tag", values: ["ours"] } });
  await expect(perform(showTenantStatements, scoped, { id: amber.id })).rejects.toMatchObject({ code: "not_found" });
  await controlDb().server.update({ where: { id: server.id }, data: { port: 1 } });
  expect(await read("viewer")).toMatchObject({ answered: false, running: null, idle: null, top: null, missing: null });
  await controlDb().server.update({ where: { id: server.id }, data: { port: server.port } });
});
