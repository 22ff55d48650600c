import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/kernel/errors";
import { clientConfig, connect } from "./postgres";
import { controlDb } from "./prisma";
import { type TestControl, testControl } from "./testing";
import { backoffMs, faultWords, isTransient } from "./transient";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const thrown = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
};

/** A fault of PostgreSQL's own, in a state of choice: through pg, and through Prisma. */
const raise = (state: string) => `DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '${state}'; END $$`;
const passing = ["08006", "57P01", "57P03", "53300", "53400", "40001", "40P01", "55P03"];
const lasting = ["57014", "42P07", "23505", "25P02", "22001", "53100"];

describe("a fault of PostgreSQL's", () => {
  test.each([...passing.map((state) => [state, true]), ...lasting.map((state) => [state, false])])(
    "%s passes by itself: %s",
    async (state, passes) => {
      const error = await thrown(() => control.sql(raise(String(state))));
      expect(isTransient(error)).toBe(passes);
      expect(faultWords(error)).toBe(`PostgreSQL: made up (${state})`);
      expect(isTransient(await thrown(() => controlDb().$executeRawUnsafe(raise(String(state)))))).toBe(passes);
    },
  );

  test("a connection that is cut passes, through pg and through Prisma", async () => {
    const client = await connect(clientConfig(control.access));
    const cut = thrown(() => client.query("SELECT pg_sleep(5)"));
    const { rows } = await control.sql(
      "SELECT pid FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(5)' AND pid <> pg_backend_pid()",
    );
    await control.sql("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
    expect(isTransient(await cut)).toBe(true);
    const own = thrown(() => controlDb().$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`);
    expect(isTransient(await own)).toBe(true);
  });

  test("so does what is asked on a connection that was cut before", async () => {
    const client = await connect(clientConfig(control.access));
    await client.query("SELECT pg_terminate_backend(pg_backend_pid())").catch(() => undefined);
    expect(isTransient(await thrown(() => client.query("SELECT 1")))).toBe(true);
    const closed = await connect(clientConfig(control.access));
    await closed.end();
    expect(isTransient(await thrown(() => closed.query("SELECT 1")))).toBe(true);
  });

  test("a server where nothing listens may be back; one that refuses the password will do so again", async () => {
    const { access } = control;
    expect(isTransient(await thrown(() => connect(clientConfig({ ...access, port: 1 }))))).toBe(true);
    expect(isTransient(await thrown(() => connect(clientConfig({ ...access, adminPassword: "-" }))))).toBe(false);
    expect(isTransient(await thrown(() => connect(clientConfig(access, "no_such_database"))))).toBe(false);
  });
});

test("of our own errors, what is not available passes, and a conflict only where trying again helps", () => {
  expect(isTransient(new AppError("unavailable", "Away."))).toBe(true);
  expect(isTransient(new AppError("conflict", "Held.", { retryAfter: 3 }))).toBe(true);
  expect(isTransient(new AppError("conflict", "It exists."))).toBe(false);
  expect(isTransient(new Error("anything"))).toBe(false);
});

test("only words that are meant for people are told", () => {
  expect(faultWords(new AppError("conflict", "It exists."))).toBe("It exists.");
  expect(faultWords(new AppError("internal", "password=hunter2"))).toBeUndefined();
  expect(faultWords(new Error("password=hunter2"))).toBeUndefined();
});

test("waits grow to a minute", () => {
  expect([1, 2, 3, 4, 9].map(backoffMs)).toEqual([1000, 4000, 16_000, 60_000, 60_000]);
});
