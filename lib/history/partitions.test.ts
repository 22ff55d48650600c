import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { keepPartitions } from "./partitions";
import { rollUp } from "./roll-up";
import { ensureSpans, keptTables } from "./spans";
import { setRolledUp, writeBuckets } from "./testing-usage";
import { dayMs } from "./watermarks";

let control: TestControl;
const now = new Date("2025-03-10T01:00:00Z");
const tenant = "00000000-0000-7000-8000-00000000000a";

beforeAll(async () => {
  control = await testControl();
});

afterAll(async () => {
  await control?.close();
});

const log = (at: string) =>
  control.sql(
    `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
     VALUES ($1, 'cpu', 5, '', $2, 'proc')`,
    [tenant, at],
  );

async function partitions(table: string, year: number): Promise<string[]> {
  const { rows } = await control.sql(
    "SELECT right(relname, 8) AS day FROM pg_class WHERE relkind = 'r' AND relname ~ $1 ORDER BY 1",
    [`^${table}_${year}`],
  );
  return rows.map(({ day }) => day);
}

test("partitions are made behind and ahead, old empty ones go, and doing it again changes nothing", async () => {
  await control.sql("SELECT ensure_usage_partition('server_ticks', '2025-03-01')");
  for (const _ of [1, 2]) await keepPartitions(controlDb(), now);
  const days = ["20250307", "20250308", "20250309", "20250310", "20250311", "20250312"];
  expect(await partitions("server_ticks", 2025)).toEqual(days);
  expect(await partitions("tenant_usage_minutes", 2025)).toEqual(days);
  expect(await partitions("tenant_usage_hours", 2025)).toEqual(["20250301"]);
  expect(await partitions("tenant_usage_days", 2025)).toEqual(["20250101"]);
});

test("samples that are not rolled up are kept however old they are, and dropped when they are", async () => {
  await control.sql("SELECT ensure_usage_partition('tenant_usage_logs', '2025-03-06')");
  await log("2025-03-06T10:00:30Z");
  await keepPartitions(controlDb(), now);
  expect(await partitions("tenant_usage_logs", 2025)).toContain("20250306");
  const old = new Date("2025-03-06T23:59:59Z");
  const roll = (at: Date) => rollUp(controlDb(), () => at, new AbortController().signal, { minutes: 1440 });
  await roll(old);
  await keepPartitions(controlDb(), now);
  expect(await partitions("tenant_usage_logs", 2025)).toContain("20250306");
  await roll(now);
  await control.sql("INSERT INTO usage_late_minutes (subject_id, minute) VALUES ($1, '2025-03-06T10:00Z')", [tenant]);
  await keepPartitions(controlDb(), now);
  expect(await partitions("tenant_usage_logs", 2025)).toContain("20250306");
  await roll(now);
  await keepPartitions(controlDb(), now);
  expect(await partitions("tenant_usage_logs", 2025)).not.toContain("20250306");
  const { rows } = await control.sql("SELECT cpu_sum / cpu_ms AS mean, cpu_ms FROM tenant_usage_days");
  expect(rows).toEqual([{ mean: 5, cpu_ms: 150_000 }]);
}, 120_000);

test("a sample later than its raw day is kept does not undo what was made of the whole day", async () => {
  await control.sql("INSERT INTO usage_late_minutes (subject_id, minute) VALUES ($1, '2025-03-06T10:00Z')", [tenant]);
  await log("2025-03-06T10:00:31Z");
  await rollUp(controlDb(), () => now, new AbortController().signal, { minutes: 1440 });
  const { rows } = await control.sql("SELECT sum(cpu_ms)::int AS ms FROM tenant_usage_minutes");
  expect(rows).toEqual([{ ms: 150_000 }]);
}, 60_000);

test("clocks that are all ahead remove nothing that is not old by what was measured", async () => {
  const count = async () =>
    (
      await control.sql(
        "SELECT (SELECT count(*) FROM tenant_usage_minutes) + (SELECT count(*) FROM tenant_usage_days) AS n",
      )
    ).rows;
  const before = await count();
  // By the database's clock too it is years later, but the newest closed minute is of 10 March 2025.
  for (const clock of [new Date(), new Date("2099-01-01T00:00:00Z")]) await keepPartitions(controlDb(), clock);
  expect(await count()).toEqual(before);
  expect(await partitions("tenant_usage_minutes", 2025)).toContain("20250306");
  expect(await partitions("tenant_usage_logs", 2025)).toContain("20250310");
});

test("what a clock that was off wrote ahead moves into the partition of its day", async () => {
  await log("2025-03-20T10:00:00Z");
  await keepPartitions(controlDb(), new Date("2025-03-19T12:00:00Z"));
  const { rows } = await control.sql(
    "SELECT tableoid::regclass::text AS part FROM tenant_usage_logs WHERE recorded_at > '2025-03-20'",
  );
  expect(rows).toEqual([{ part: "tenant_usage_logs_20250320" }]);
});

test("a worker whose clock is ahead, once, removes nothing", async () => {
  const today = new Date();
  const old = new Date(today.getTime() - 10 * dayMs);
  await setRolledUp(control, { minute: today, hour: today, day: today });
  await ensureSpans(controlDb(), keptTables, old, today);
  await writeBuckets(control, "minute", tenant, "memory", [{ at: old, mean: 5 }]);
  await writeBuckets(control, "hour", tenant, "memory", [{ at: old, mean: 5 }]);
  const count = async () =>
    (
      await control.sql(
        "SELECT count(memory_ms)::int AS n FROM tenant_usage_minutes UNION ALL SELECT count(memory_ms)::int FROM tenant_usage_hours",
      )
    ).rows;
  for (const days of [0, 30, 500]) await keepPartitions(controlDb(), new Date(today.getTime() + days * dayMs));
  expect(await count()).toEqual([{ n: 1 }, { n: 1 }]);
});
