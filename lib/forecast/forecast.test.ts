import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { forecast } from "./forecast";
import { writeUsage } from "./testing-usage";
import { dayMs } from "./usual";

let control: TestControl;
const tenants: Record<string, TestTenant> = {};
const now = new Date("2026-10-30T12:00:00.000Z");
const today = Date.UTC(2026, 9, 30);
const time = { now: () => now };
const eu = { kind: "region" as const, values: ["eu"] };

const days = (count: number, valueAt: (day: number) => number) =>
  Array.from({ length: count }, (_, day) => ({ at: today - (count - 1 - day) * dayMs, value: valueAt(day) }));

const ask = (input: object, scope?: typeof eu) =>
  perform(forecast, as("viewer", scope ? { ...time, scope } : time), input);
const id = (slug: string) => tenants[slug]?.id ?? "";
const slugsOf = ({ outlooks }: Pick<Awaited<ReturnType<typeof ask>>, "outlooks">) =>
  outlooks.map(({ subject }) => (subject.kind === "tenant" ? subject.tenant.slug : "server"));

async function make(slug: string, storageMb: number | null, values: { at: number; value: number }[]): Promise<void> {
  const tenant = await control.makeTenant(slug);
  tenants[slug] = tenant;
  await controlDb().tenant.update({
    where: { id: tenant.id },
    data: { settings: { limits: { storageMb, connections: storageMb && 50 } }, region: slug === "late" ? "eu" : "us" },
  });
  await writeUsage(control, { tenant: tenant.id }, "day", "storage", values);
}

beforeAll(async () => {
  control = await testControl();
  await make(
    "soon",
    1000,
    days(60, (day) => 300 + 10 * day),
  );
  await make(
    "late",
    3000,
    days(60, (day) => 300 + 20 * day + (day % 2)),
  );
  await make(
    "free",
    null,
    days(60, (day) => 300 + 90 * day),
  );
  await make(
    "flat",
    1000,
    days(60, () => 300),
  );
  await make(
    "young",
    1000,
    days(5, (day) => 300 + 10 * day),
  );
  await make("gone", 1000, days(60, (day) => 300 + 10 * day).slice(0, 50));
  await writeUsage(
    control,
    { server: control.serverId },
    "day",
    "storage",
    days(60, (day) => 1000 + 50 * day),
  );
});

beforeEach(forgetAnswers);
afterAll(() => control?.close());

test("the soonest comes first; what can't be told comes last with words", async () => {
  const { outlooks, detail } = await ask({});
  expect(slugsOf({ outlooks }).slice(0, 4)).toEqual(["server", "soon", "late", "free"]);
  // 890 MiB today, 110 more at 10 a day.
  expect(outlooks[1]).toMatchObject({ now: 890, limit: 1000, refused: null });
  expect(outlooks[1]?.reaching?.days).toBeCloseTo(11, 0);
  expect(outlooks[1]?.perDay).toBeCloseTo(10, 1);
  expect(outlooks[1]?.limitSource).toMatch(/watched/);
  const refused = Object.fromEntries(outlooks.map((one, at) => [slugsOf({ outlooks })[at], one.refused?.code]));
  expect(refused).toMatchObject({ server: "no_limit", free: "no_limit", flat: "flat", young: "short", gone: "gaps" });
  expect(detail).toBeNull();
});

test("one tenant comes with its days, what is expected and its band", async () => {
  const { outlooks, detail } = await ask({ tenant: id("late"), horizonDays: 30 });
  expect(outlooks).toHaveLength(1);
  expect(detail?.history).toHaveLength(60);
  expect(detail?.history.at(-1)).toEqual([today, 1481]);
  expect(detail?.expected).toHaveLength(30);
  expect(detail?.expected[0]?.[0]).toBe(today + dayMs);
  expect(detail?.expected[29]?.[1]).toBeCloseTo(2080, -1);
  expect(detail?.backtest).toMatchObject({ folds: 10 });
  const young = await ask({ tenant: id("young") });
  expect(young.detail).toMatchObject({ expected: [], backtest: null });
  expect(young.detail?.history).toHaveLength(5);
});

test("a server reaches what an administrator says it holds, before what was measured", async () => {
  await controlDb().server.update({ where: { id: control.serverId }, data: { diskTotalMb: 100_000 } });
  const measured = (await ask({ onServer: control.serverId })).outlooks[0];
  expect(measured).toMatchObject({ limit: 100_000, limitSource: expect.stringMatching(/disk/) });
  await controlDb().server.update({ where: { id: control.serverId }, data: { storageCapacityMb: 5000 } });
  const told = (await ask({ onServer: control.serverId })).outlooks[0];
  expect(told).toMatchObject({ limit: 5000, limitSource: expect.stringMatching(/administrator/) });
  // 3,950 today, 1,050 more at 50 a day.
  expect(told?.reaching?.days).toBeCloseTo(21, 0);
});

test("connections: today's highest may still come, so the days end yesterday", async () => {
  const values = days(40, (day) => 5 + 0.5 * day);
  await writeUsage(control, { tenant: id("soon") }, "day", "connections", values);
  const { outlooks, detail } = await ask({ metric: "connections", tenant: id("soon") });
  expect(detail?.history.at(-1)?.[0]).toBe(today - dayMs);
  expect(outlooks[0]).toMatchObject({ limit: 50, now: 24 });
});

test("whose rights reach one region learns of neither servers nor others' tenants", async () => {
  expect(slugsOf(await ask({}, eu))).toEqual(["late"]);
  await expect(ask({ tenant: id("soon") }, eu)).rejects.toMatchObject({ code: "not_found" });
  await expect(ask({ onServer: control.serverId }, eu)).rejects.toMatchObject({ code: "forbidden" });
});

test("a tenant and a server at once are refused, whoever asks", async () => {
  const both = { tenant: id("soon"), onServer: control.serverId };
  const refused = { code: "invalid", fields: { onServer: "Ask for a tenant or for a server, not for both." } };
  await expect(ask(both)).rejects.toMatchObject(refused);
  await expect(ask(both, eu)).rejects.toMatchObject(refused);
});

test("a filter narrows to tenants; top bounds them", async () => {
  expect(slugsOf(await ask({ search: "soon" }))).toEqual(["soon"]);
  expect(slugsOf(await ask({ top: 1 }))).toEqual(["server", "soon"]);
});

test("what was foretold from a made-up past says so", async () => {
  expect((await ask({ tenant: id("late") })).madeUpUntil).toBeNull();
  await control.sql(
    `WITH made AS (INSERT INTO usage_source_sets (id, sources) VALUES (77, '{"storage": "generated"}') RETURNING id)
     INSERT INTO server_usage_hours (at, server_id, source_set) SELECT '2026-10-20T07:00:00Z', $1, id FROM made`,
    [control.serverId],
  );
  expect((await ask({ tenant: id("late") })).madeUpUntil).toBe("2026-10-20T08:00:00.000Z");
  forgetAnswers();
  expect((await ask({})).madeUpUntil).toBe("2026-10-20T08:00:00.000Z");
});
