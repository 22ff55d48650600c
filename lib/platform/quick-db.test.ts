import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Prisma } from "./prisma";
import { closeQuickDb, quickDb } from "./quick-db";
import { type TestControl, testControl } from "./testing";

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
