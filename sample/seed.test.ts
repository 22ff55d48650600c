import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { seededRandom } from "./random";
import { seedTenant } from "./seed";
import { makeShop, openShop } from "./testing-shop";

let control: TestControl;
const clients: pg.Client[] = [];

beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await control.close();
});

async function shop(slug: string) {
  const client = await openShop(control, await makeShop(control, slug));
  clients.push(client);
  const query = (text: string, parameters: readonly unknown[] = []) => client.query(text, [...parameters]);
  return { query };
}

const summary = `
  SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM customers) AS customers,
    (SELECT count(*)::int FROM products) AS products, (SELECT count(*)::int FROM page_views) AS views,
    (SELECT md5(string_agg(id || name || price_cents, ',' ORDER BY id)) FROM products) AS names,
    (SELECT sum(total_cents)::int FROM orders) AS revenue,
    (SELECT count(*)::int FROM orders o WHERE total_cents <>
      (SELECT sum(quantity * price_cents) FROM order_items i WHERE i.order_id = o.id)) AS wrong_totals,
    (SELECT count(*)::int FROM orders WHERE placed_at > now()) AS in_the_future`;

test("a shop is filled with orders that add up, the same for the same seed", async () => {
  const [one, two] = [await shop("seed-one"), await shop("seed-two")];
  for (const { query } of [one, two])
    expect(await seedTenant(query, { rows: 600, random: seededRandom(7) })).toBe(true);
  const { rows } = await one.query(summary);
  expect(rows[0]).toMatchObject({ orders: 600, customers: 100, products: 24, views: 1200 });
  expect(rows[0]).toMatchObject({ wrong_totals: 0, in_the_future: 0 });
  expect((await two.query(summary)).rows).toEqual(rows);
});

test("a shop that was filled is left as it is", async () => {
  const { query } = await shop("seed-again");
  await seedTenant(query, { rows: 100, random: seededRandom(1) });
  expect(await seedTenant(query, { rows: 5000, random: seededRandom(2) })).toBe(false);
  expect((await query("SELECT count(*)::int AS n FROM orders")).rows).toEqual([{ n: 100 }]);
});

test("a shop whose tables others refer to, and where a filling was cut off, is filled", async () => {
  const { query } = await shop("seed-referred");
  await query("CREATE TABLE loyalty (customer_id bigint REFERENCES customers, order_id bigint REFERENCES orders)");
  await query("BEGIN");
  await seedTenant(query, { rows: 100, random: seededRandom(1) });
  await query("ROLLBACK");
  expect(await seedTenant(query, { rows: 100, random: seededRandom(1) })).toBe(true);
  expect((await query("SELECT min(id)::int AS least FROM products")).rows).toEqual([{ least: 1 }]);
});
