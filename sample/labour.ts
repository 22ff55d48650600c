import { setTimeout as delay } from "node:timers/promises";
import type { Runtime } from "@/lib/runtime/runtime";
import type { Shape } from "./shapes";

/** Bytes of page views above which the growing tenant keeps only the newest quarter: about every half an hour. */
const growthCap = 80 * 1_048_576;

/** Orders that a shop keeps beyond those it began with, so that a demo that runs for weeks stays as quick. */
const ordersKept = 20_000;

type Labour = (runtime: Runtime, signal: AbortSignal) => Promise<void>;

/** The SQL that some shapes run beside their visits, one turn of it; run it in the tenant's context. */
export const labours: Partial<Record<Shape, Labour>> = {
  noisy: async ({ query }, signal) => {
    await query("SELECT count(md5(n::text)) FROM generate_series(1, 250000) AS n");
    await delay(250, undefined, { signal });
  },
  growing: async ({ query }, signal) => {
    await query(addViews);
    const { rows } = await query("SELECT pg_total_relation_size('page_views') > $1 AS full", [growthCap]);
    if (rows[0]?.full) {
      await query("DELETE FROM page_views WHERE id <= (SELECT (min(id) + 3 * max(id)) / 4 FROM page_views)");
      await query("VACUUM FULL page_views");
    }
    await delay(1000, undefined, { signal });
  },
  memory: holdSort,
};

const addViews = `
  INSERT INTO page_views (product_id, path, visitor, detail)
  SELECT p.id, '/products/' || p.id, gen_random_uuid(), jsonb_build_object('query', repeat(md5(n::text), 6))
  FROM generate_series(1, 120) AS n JOIN products p ON p.id = 1 + n % 24`;

/** An export that sorts a lot in memory, then is read slowly: the memory stays taken for six seconds. */
async function holdSort({ withClient }: Runtime, signal: AbortSignal): Promise<void> {
  await withClient(async ({ query }) => {
    await query("BEGIN");
    await query("SET LOCAL work_mem = '128MB'");
    await query(`DECLARE export NO SCROLL CURSOR FOR
      SELECT repeat(md5(n::text), 4) AS line FROM generate_series(1, 220000) AS n ORDER BY line`);
    await query("FETCH 100 FROM export");
    await delay(6000, undefined, { signal });
    await query("COMMIT");
  });
}

/** Removes the oldest orders beyond what a shop keeps. */
export async function tidyOrders({ query }: Runtime, rows: number): Promise<void> {
  await query("DELETE FROM orders WHERE id <= (SELECT max(id) FROM orders) - $1::bigint", [rows + ordersKept]);
}
