import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { makePast } from "./past";
import { markDemo } from "./testing-demo";

const now = new Date("2026-11-18T10:24:40.000Z");
let control: TestControl;
let client: pg.Client;
let noisy: string;
let young: string;

beforeAll(async () => {
  control = await testControl();
  client = new pg.Client({ connectionString: control.url });
  await client.connect();
  const made = [await control.makeTenant("hephaestus"), await control.makeTenant("quiet-harbour")] as const;
  await markDemo([...made]);
  [noisy, young] = [made[0].id, made[1].id];
  await control.sql(
    `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
     VALUES ($1, 'cpu', 3, '%', '2026-11-18T10:21:30Z', 'proc'), ($1, 'cpu', 4, '%', '2026-11-18T10:22:30Z', 'proc')`,
    [noisy],
  );
}, 30_000);
afterAll(async () => {
  await client.end();
  await control.close();
});

test("tenants of the demo get a past once", async () => {
  expect(await makePast(client, now)).toBe(2);
  const before = await control.sql("SELECT count(*)::int AS rows, max(created_at) AS last FROM tenant_activities");
  expect(before.rows[0].rows).toBeGreaterThan(100);
  expect(await makePast(client, now)).toBe(0);
  const after = await control.sql("SELECT count(*)::int AS rows, max(created_at) AS last FROM tenant_activities");
  expect(after.rows).toEqual(before.rows);
});

test("somebody's own tenant gets none, although it has a slug of the demo", async () => {
  const own = await control.makeTenant("verdant");
  expect(await makePast(client, now)).toBe(0);
  expect((await control.sql("SELECT 1 FROM tenant_activities WHERE tenant_id = $1", [own.id])).rowCount).toBe(0);
});

test("it ends with the minute in which measuring began, and a tenant's begins when the tenant did", async () => {
  const { rows } = await control.sql(
    `SELECT tenant_id AS id, max(at) AS last, (SELECT min(at) FROM tenant_usage_days d WHERE d.tenant_id = m.tenant_id) AS first
       FROM tenant_usage_minutes m GROUP BY 1 ORDER BY tenant_id = $1 DESC`,
    [noisy],
  );
  const last = new Date("2026-11-18T10:20:00.000Z");
  expect(rows).toEqual([
    { id: noisy, last, first: new Date("2026-09-19T00:00:00.000Z") },
    { id: young, last, first: new Date("2026-11-09T00:00:00.000Z") },
  ]);
});

test("roll-ups that had not begun go on from there, and what was made up stays", async () => {
  const end = new Date("2026-11-18T10:21:00.000Z");
  expect((await control.sql("SELECT level, until FROM usage_rollups ORDER BY until")).rows).toEqual([
    { level: "day", until: new Date("2026-11-18T00:00:00.000Z") },
    { level: "hour", until: new Date("2026-11-18T10:00:00.000Z") },
    { level: "minute", until: end },
  ]);
});

test("hours and days add up to the minutes and hours below them", async () => {
  const { rows } = await control.sql(
    `SELECT max(abs(h.cpu_sum / m.sum - 1)) AS off, bool_and(h.cpu_ms = m.ms AND h.cpu_max = m.max) AS same, count(*)::int AS hours
       FROM tenant_usage_hours h JOIN (
         SELECT tenant_id, date_trunc('hour', at, 'UTC') AS at, sum(cpu_sum) AS sum, sum(cpu_ms) AS ms, max(cpu_max) AS max
           FROM tenant_usage_minutes GROUP BY 1, 2) m USING (tenant_id, at)`,
  );
  expect(rows[0].hours).toBe(2 * 49);
  expect(rows[0].same).toBe(true);
  expect(rows[0].off).toBeLessThan(1e-9);
});

test("every figure says that it was made up, and its server's too", async () => {
  const { rows } = await control.sql(
    `SELECT DISTINCT s.sources->>'storage' AS storage, s.sources->>'waitTime' AS waited
       FROM usage_source_sets s WHERE id IN
         (SELECT source_set FROM tenant_usage_hours UNION SELECT source_set FROM server_usage_days)`,
  );
  expect(rows).toEqual([{ storage: "generated", waited: "generated" }]);
  const { rows: told } = await control.sql(
    `SELECT bool_and(metadata->>'source' = 'generated') AS marked,
            bool_and(description LIKE '%made up%') AS said, count(*) FILTER (WHERE activity_type = 'signed_in') > 50 AS signed
       FROM tenant_activities`,
  );
  expect(told[0]).toEqual({ marked: true, said: true, signed: true });
});

test("nothing that was there is written over", async () => {
  const nordlys = await control.makeTenant("nordlys");
  await markDemo([nordlys]);
  const third = nordlys.id;
  const { rows } = await control.sql(
    'INSERT INTO usage_source_sets (sources) VALUES (\'{"cpu":"proc"}\') RETURNING id',
  );
  await control.sql(
    `INSERT INTO tenant_usage_minutes (at, tenant_id, cpu_sum, cpu_ms, cpu_min, cpu_max, cpu_last, source_set)
     VALUES ('2026-11-18T09:00Z', $1, 1, 1, 1, 1, 1, $2)`,
    [third, rows[0].id],
  );
  expect(await makePast(client, now)).toBe(1);
  const kept = await control.sql(
    "SELECT cpu_sum FROM tenant_usage_minutes WHERE tenant_id = $1 AND at = '2026-11-18T09:00Z'",
    [third],
  );
  expect(kept.rows).toEqual([{ cpu_sum: 1 }]);
});
