import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tenantHold } from "@/lib/kernel/metrics";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { rollUp } from "./roll-up";
import { ensureSpans, keptTables } from "./spans";
import { type Raw, recompute } from "./testing-recompute";

let control: TestControl;
const hour = 3_600_000;
const begin = Math.floor(Date.now() / hour) * hour - 8 * hour;
const tenants = [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000000${n}`);
const raw: Raw[] = [];

beforeAll(async () => {
  control = await testControl();
  await ensureSpans(controlDb(), keptTables, new Date(begin), new Date());
  for (let at = begin; at < begin + 4 * hour; at += 40_000) {
    // A gap of ten minutes each hour.
    if ((at - begin) % hour < 600_000) continue;
    for (const subject of tenants) {
      raw.push({ id: raw.length, subject, metric: "cpu", at, value: (at / 40_000 + raw.length) % 97, source: "proc" });
    }
  }
  await control.sql(
    `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
     SELECT subject, 'cpu', value, '', at, 'proc' FROM unnest($1::uuid[], $2::float8[], $3::timestamptz[]) AS s (subject, value, at)`,
    [raw.map((row) => row.subject), raw.map((row) => row.value), raw.map((row) => new Date(row.at))],
  );
});

afterAll(async () => {
  await control?.close();
});

const roll = (now: number) => rollUp(controlDb(), () => new Date(now), new AbortController().signal, { minutes: 10 });

async function expectWhole(): Promise<void> {
  for (const [level, step] of [
    ["minutes", 60_000],
    ["hours", hour],
  ] as const) {
    const { rows } = await control.sql(
      `SELECT tenant_id::text AS id, at, cpu_sum AS sum, cpu_ms AS ms FROM tenant_usage_${level}`,
    );
    const found = rows.map(({ id, at, sum, ms }) => `${id} cpu ${at.getTime()}: ${sum} ${ms}`).sort();
    const wanted = [...recompute(raw, step, tenantHold)].map(([key, { sum, ms }]) => `${key}: ${sum} ${ms}`).sort();
    expect(found).toEqual(wanted);
  }
}

test("two hours without a worker leave no gap and count nothing twice", async () => {
  await roll(begin + hour);
  await roll(begin + 3 * hour);
  await roll(begin + 5 * hour);
  await expectWhole();
}, 90_000);

const clear = () => control.sql("TRUNCATE usage_rollups, tenant_usage_minutes, tenant_usage_hours, tenant_usage_days");

const minuteUntil = async () =>
  (await controlDb().usageRollup.findUnique({ where: { level: "minute" } }))?.until.getTime() ?? 0;

/** A worker's roll-up in a process of its own. */
function worker(): ChildProcess {
  const program = ["--import", "tsx", "lib/history/testing-roller.ts", String(begin + 5 * hour)];
  return spawn(process.execPath, program, { env: process.env, stdio: "ignore" });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** Two workers, both killed where they are once so many more minutes are made. */
async function killedAfter(minutes: number): Promise<void> {
  const workers = [worker(), worker()];
  const before = await minuteUntil();
  try {
    await expect
      .poll(minuteUntil, { timeout: 60_000, interval: 5 })
      .toBeGreaterThanOrEqual(Math.max(before, begin) + minutes * 60_000);
  } finally {
    await Promise.all(workers.map(kill));
  }
}

test("workers that are killed at any moment leave nothing half-done, and the next ones go on from there", async () => {
  await clear();
  for (const minutes of [1, 10, 20]) await killedAfter(minutes);
  expect(await minuteUntil()).toBeLessThan(begin + 4 * hour);
  // What the last ones had begun is held by the database until it notices that they are gone.
  await expect
    .poll(() => roll(begin + 5 * hour).then(minuteUntil), { timeout: 60_000 })
    .toBe(begin + 5 * hour - 60_000);
  await roll(begin + 5 * hour);
  await expectWhole();
}, 180_000);

test("two workers at once make what one makes", async () => {
  await clear();
  await Promise.all([1, 2, 3].map(() => roll(begin + 5 * hour)));
  await roll(begin + 5 * hour);
  await expectWhole();
}, 90_000);
