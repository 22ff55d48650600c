import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { makeShop, openShop } from "@/sample/testing-shop";
import { act, testWork } from "../testing-work";
import { vacuum } from "./vacuum";

let control: TestControl;
let tenant: TestTenant;
beforeAll(async () => {
  control = await testControl();
  tenant = await makeShop(control, "amber");
});
afterAll(() => control.close());

async function statistics() {
  const { rows } = await control.sql(
    "SELECT last_analyze, last_vacuum FROM pg_stat_user_tables WHERE relname = 'products'",
    [],
    tenant.database,
  );
  return { analyzed: rows[0].last_analyze !== null, vacuumed: rows[0].last_vacuum !== null };
}

test("analyze counts anew, vacuum also makes room; both say what they took and the size", async () => {
  const work = await testWork(control, tenant.id);
  const size = String.raw`Its size was \d+\.\d MiB and is \d+\.\d MiB\.$`;
  const analyzed = await act(vacuum, work, { mode: "analyze" });
  expect(analyzed.words).toMatch(new RegExp(String.raw`^Analyzed in \d+\.\d s\. ${size}`));
  expect(await statistics()).toEqual({ analyzed: true, vacuumed: false });
  const vacuumed = await act(vacuum, work);
  expect(vacuumed).toMatchObject({ status: "done" });
  expect(vacuumed.words).toMatch(new RegExp(String.raw`^Vacuumed and analyzed in \d+\.\d s\. ${size}`));
  expect(await statistics()).toEqual({ analyzed: true, vacuumed: true });
});

test("room that rows left behind is given back to the table's file", async () => {
  const shop = await openShop(control, tenant);
  await shop.query("CREATE TABLE big AS SELECT n, repeat('x', 500) AS text FROM generate_series(1, 10000) AS n");
  await shop.query("DELETE FROM big");
  await shop.end();
  const pages = async () =>
    Number((await control.sql("SELECT pg_relation_size('big') AS n", [], tenant.database)).rows[0].n);
  expect(await pages()).toBeGreaterThan(5_000_000);
  await act(vacuum, await testWork(control, tenant.id));
  expect(await pages()).toBe(0);
});

test("what the tenant's own functions claim to be left out is told in bounds", async () => {
  const shop = await openShop(control, tenant);
  await shop.query(`
    CREATE TABLE talk AS SELECT n FROM generate_series(1, 40) AS n;
    CREATE FUNCTION claim(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
      RAISE WARNING 'skipping "%"', repeat('A', 100000) || n; RAISE WARNING 'skipping "name%"', n; RETURN n; END $$;
    CREATE INDEX ON talk (public.claim(n))`);
  const { words } = await act(vacuum, await testWork(control, tenant.id), { mode: "analyze" });
  await shop.query("DROP TABLE talk");
  await shop.end();
  expect(words).toContain(`${"A".repeat(63)}, name1, `);
  expect(words).toMatch(/ and others\.$/);
  expect(words.length).toBeLessThan(600);
});

test("tables that belong to others are left out and named", async () => {
  await control.sql(
    `CREATE TABLE theirs (n int); ALTER DATABASE "${tenant.database}" OWNER TO CURRENT_USER`,
    [],
    tenant.database,
  );
  const { words } = await act(vacuum, await testWork(control, tenant.id));
  expect(words).toMatch(/Left out, since they belong to others: theirs\.$/);
});

test("a vacuum that takes too long is stopped by the server", async () => {
  const shop = await openShop(control, tenant);
  await shop.query("BEGIN");
  await shop.query("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
  const work = await testWork(control, tenant.id, { timeoutMs: 300 });
  await expect(act(vacuum, work)).rejects.toMatchObject({ code: "57014" });
  await shop.end();
});
