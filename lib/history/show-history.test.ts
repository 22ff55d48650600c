import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { showHistory } from "./show-history";
import { ensureSpans, keptTables } from "./spans";
import { setRolledUp } from "./testing-usage";

let control: TestControl;
const now = new Date("2025-03-10T01:00:00Z");

const ctx = (): Ctx => ({
  actor: { kind: "system", name: "test" },
  db: controlDb(),
  now: () => now,
  requestId: "test",
  signal: new AbortController().signal,
  ipAddress: null,
  userAgent: null,
  idempotencyKey: null,
  note: {},
  reply: {},
});

beforeAll(async () => {
  control = await testControl();
});

afterAll(async () => {
  await control?.close();
});

test("before anything is rolled up, how far it is behind is unknown and not 0", async () => {
  const { behindSeconds, late, levels } = await perform(showHistory, ctx(), {});
  expect([behindSeconds, late]).toEqual([null, 0]);
  expect(levels.map(({ level, until }) => [level, until])).toEqual([
    ["raw", null],
    ["minute", null],
    ["hour", null],
    ["day", null],
  ]);
});

test("each level tells its oldest partition, up to when it is complete, and what waits", async () => {
  const time = (text: string) => new Date(`2025-03-${text}:00Z`);
  const minutes = keptTables.filter(({ level }) => level === "minute");
  await ensureSpans(controlDb(), minutes, time("08T00:00"), time("09T00:00"));
  await setRolledUp(control, { minute: time("10T00:58"), hour: time("10T00:00"), day: time("10T00:00") });
  for (const _ of [1, 2]) {
    await control.sql("INSERT INTO usage_late_minutes (subject_id, minute) VALUES (gen_random_uuid(), '2025-03-10')");
  }
  const { behindSeconds, late, levels } = await perform(showHistory, ctx(), {});
  expect([behindSeconds, late]).toEqual([120, 2]);
  const minute = levels.find(({ level }) => level === "minute");
  expect(minute).toMatchObject({ from: "2025-03-08T00:00:00.000Z", until: "2025-03-10T00:58:00.000Z" });
  expect(minute?.sizeBytes).toBeGreaterThan(0);
});
