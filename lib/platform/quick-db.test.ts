import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Prisma } from "./prisma";
import { closeQuickDb, openQuickDb, quickDb } from "./quick-db";
import { type TestControl, testControl } from "./testing";
import { silentProxy } from "./testing-silence";

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await closeQuickDb();
  await control.close();
});

test("a question is prepared once, its values are parameters, and dates come back as they went", async () => {
  const at = new Date("2026-03-29T01:30:00.123Z");
  const ask = (text: string) =>
    quickDb().$queryRaw<{ text: string; at: Date; ids: number[]; prepared: number }[]>`
      SELECT ${text}::text AS text, ${at}::timestamptz AS at, ${[1, 2]}::int[] AS ids,
             (SELECT count(*)::int FROM pg_prepared_statements) AS prepared`;
  for (const text of ["it's", "'; DROP TABLE tenants; --", "ü"]) {
    expect(await ask(text)).toEqual([{ text, at, ids: [1, 2], prepared: 1 }]);
  }
});

test("a connection keeps some hundred statements prepared, however many questions there are", async () => {
  for (let number = 0; number < 300; number++) {
    const rows = await quickDb().$queryRaw<{ number: number }[]>(Prisma.raw(`SELECT ${number} AS number`));
    expect(rows).toEqual([{ number }]);
  }
  const [kept] = await quickDb().$queryRaw<
    { most: number }[]
  >`SELECT count(*)::int AS most FROM pg_prepared_statements`;
  expect(kept?.most).toBeGreaterThan(50);
  expect(kept?.most).toBeLessThanOrEqual(200);
});

test("after its connections were cut it asks on new ones", async () => {
  const pid = () => quickDb().$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  const [before] = await pid();
  await control.sql("SELECT pg_terminate_backend($1)", [before?.pid]);
  const [after] = await vi.waitFor(pid);
  expect(after?.pid).not.toBe(before?.pid);
});

test("on a connection that was cut in silence who asks is told in time, and the next asks on a new one", async () => {
  const proxy = await silentProxy(control.url);
  const quick = openQuickDb(proxy.url, { connect: 10_000, answer: 3000 });
  const pid = () => quick.db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  const [before] = await pid();
  proxy.fallSilent();
  await expect(pid()).rejects.toThrow("Query read timeout");
  const [after] = await pid();
  expect(after?.pid).not.toBe(before?.pid);
  // PostgreSQL knows nothing of it: the first one is still there.
  const { rows } = await control.sql("SELECT state FROM pg_stat_activity WHERE pid = $1", [before?.pid]);
  expect(rows).toEqual([{ state: "idle" }]);
  await proxy.close();
  await quick.close();
});

test("after a column's type has changed the same question is answered on every connection, and prepared anew", async () => {
  await control.sql("CREATE TABLE changing AS SELECT 1 AS value");
  const quick = openQuickDb(control.url);
  const ask = () => quick.db.$queryRaw<{ value: unknown }[]>`SELECT value FROM changing`;
  const several = () => Promise.all([ask(), ask(), ask()]);
  expect(await several()).toEqual([[{ value: 1 }], [{ value: 1 }], [{ value: 1 }]]);
  await control.sql("ALTER TABLE changing ALTER value TYPE text");
  expect(await several()).toEqual([[{ value: "1" }], [{ value: "1" }], [{ value: "1" }]]);
  expect(await several()).toEqual([[{ value: "1" }], [{ value: "1" }], [{ value: "1" }]]);
  const prepared = await quick.db.$queryRaw<{ statement: string }[]>`
    SELECT statement FROM pg_prepared_statements WHERE statement LIKE 'SELECT value%'`;
  expect(prepared).toEqual([{ statement: "SELECT value FROM changing" }]);
  await control.sql("DROP TABLE changing");
  await expect(ask()).rejects.toMatchObject({ code: "42P01" });
  await quick.close();
});
