import pg from "pg";
import { expect, test } from "vitest";
import { testControl } from "@/lib/platform/testing";
import { expired, keepPartitions } from "./partitions";

const now = new Date("2027-03-10T12:00:00Z");

test("only whole days that are older than the retention go, and never the default partition", () => {
  const names = ["server_ticks_default", "server_ticks_20270302", "server_ticks_20270303", "server_ticks_20270310"];
  expect(expired(names, "server_ticks", 7, now)).toEqual(["server_ticks_20270302"]);
});

test("partitions are made ahead and dropped behind, again and again", async () => {
  const control = await testControl();
  const pool = new pg.Pool({ connectionString: control.url, max: 1 });
  await control.sql("SELECT ensure_usage_partition('server_ticks', '2027-03-01')");
  for (const _ of [1, 2]) await keepPartitions(pool, 7, now);
  const { rows } = await control.sql(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname LIKE 'server_ticks_2027%' ORDER BY 1",
  );
  await pool.end();
  await control.close();
  expect(rows.map(({ name }) => name)).toEqual(
    ["20270310", "20270311", "20270312"].map((day) => `server_ticks_${day}`),
  );
});
