import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import type { Runtime } from "@/lib/runtime/runtime";
import { labours } from "./labour";
import { makeShop, openShop } from "./testing-shop";

let control: TestControl;
let client: pg.Client;

beforeAll(async () => {
  control = await testControl();
  client = await openShop(control, await makeShop(control, "grows"));
}, 60_000);
afterAll(async () => {
  await client.end();
  await control.close();
});

test("the growing shop gives its disk back once it is large, so that a demo may run for weeks", async () => {
  const query = (text: string, parameters: readonly unknown[] = []) => client.query(text, [...parameters]);
  const megabytes = async () => {
    const { rows } = await query("SELECT pg_total_relation_size('page_views') / 1048576.0 AS size");
    return Number(rows[0].size);
  };
  // Whoever looks at the table meanwhile, as autovacuum does, keeps VACUUM from taking rows away.
  await query("ALTER TABLE page_views SET (autovacuum_enabled = off, toast.autovacuum_enabled = off)");
  // One random, hence hardly compressible, text of 8 kB a row.
  await query(
    `INSERT INTO page_views (path, visitor, detail)
     SELECT '/', gen_random_uuid(), jsonb_build_object('query', (
              SELECT string_agg(md5(n::text || part), '') FROM generate_series(1, 256) AS part))
       FROM generate_series(1, 12000) AS n`,
  );
  expect(await megabytes()).toBeGreaterThan(80);
  await labours.growing?.({ query } as unknown as Runtime, new AbortController().signal);
  expect(await megabytes()).toBeLessThan(40);
}, 120_000);
