import { afterAll, beforeAll, expect, test } from "vitest";
import { AppError } from "@/lib/kernel/errors";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { doing, itemsOf, makeRun, registryTenants, workUntilRest } from "./testing-runs";

let control: TestControl;
let tenants: Awaited<ReturnType<typeof registryTenants>>;
beforeAll(async () => {
  control = await testControl();
  tenants = await registryTenants(control.serverId, 4, "loud");
});
afterAll(() => control.close());

test("words and lines without end are cut, those of what went well as well", async () => {
  const long = "x".repeat(100_000);
  const find = doing(async ({ tenant, log }) => {
    if (tenant.slug === "loud-1") throw new AppError("conflict", long);
    for (let line = 0; line < 500; line++) log(long);
    return { words: long, status: tenant.slug === "loud-2" ? "skipped" : "done" };
  });
  const run = await makeRun(tenants, { options: { failureBudget: { count: 1 } } });
  expect(await workUntilRest(run, find)).toBe("finished");
  const { items, counts } = await itemsOf(run);
  expect(counts).toEqual({ done: 2, skipped: 1, failed: 1 });
  expect(items.map(({ words }) => words?.length)).toEqual([4000, 4000, 4000, 4000]);
  const lines = await controlDb().bulkItemLog.findMany({ where: { runId: run, position: 0 }, orderBy: { id: "asc" } });
  expect(lines).toHaveLength(101);
  expect(Math.max(...lines.map(({ message }) => message.length))).toBe(4000);
  expect(lines.at(-2)?.message).toBe("It said more; the rest is not kept.");
  const told = await controlDb().tenantActivity.findMany({ where: { tenantId: { in: tenants.map(({ id }) => id) } } });
  expect(Math.max(...told.map(({ description }) => description.length))).toBe(4000);
});

test("what can't be stored ends as failed in plain words, and the others' ends are stored", async () => {
  const find = doing(async ({ tenant }) => {
    return tenant.slug === "loud-1" ? { saved: { "half \ud800 of a pair": 1 } } : {};
  });
  const run = await makeRun(tenants, { options: { failureBudget: { count: 1 } } });
  expect(await workUntilRest(run, find)).toBe("finished");
  const { items } = await itemsOf(run);
  expect(items.map(({ status }) => status)).toEqual(["done", "failed", "done", "done"]);
  expect(items[1]).toMatchObject({ lease: null, words: expect.stringContaining("can't be kept") });
});
