import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AppError } from "@/lib/kernel/errors";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import type { ItemWork, Outcome } from "./action";
import { findAction } from "./actions";
import { doing, itemsOf, makeRun, registryTenants, workUntilRest } from "./testing-runs";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const change = async (id: string, data: { status?: "deleting"; plan?: string }) =>
  await controlDb().tenant.update({ where: { id }, data });
const ends = async (run: string) => (await itemsOf(run)).items.map(({ status, words }) => [status, words]);
const gone = ["skipped", "The tenant was deleted meanwhile."];

test("a tenant that began to go is skipped by every action but the one that makes it go", async () => {
  const [tenant] = await registryTenants(control.serverId, 1, "leaving");
  if (!tenant) throw new Error("There is one.");
  await change(tenant.id, { status: "deleting" });
  for (const [action, input] of [
    ["rotate-secret", {}],
    ["set-plan", { plan: "business" }],
  ] as const) {
    const run = await makeRun([tenant], { action, input });
    expect(await workUntilRest(run, findAction)).toBe("finished");
    expect(await ends(run)).toEqual([gone]);
  }
  const seen: string[] = [];
  const going = findAction("purge");
  if (going?.where !== "server") throw new Error("It is done on servers.");
  const run = await makeRun([tenant], { action: "purge" });
  await workUntilRest(run, () => ({
    ...going,
    run: async (work: ItemWork): Promise<Outcome> => {
      seen.push(work.tenant.status);
      return { status: "done", words: "Purged" };
    },
  }));
  expect(seen).toEqual(["deleting"]);
});

test("an item that fails because its tenant began to go meanwhile is skipped, and its log says what happened", async () => {
  const tenants = await registryTenants(control.serverId, 2, "midway");
  const find = doing(async ({ tenant }) => {
    if (tenant.slug === "midway-0") await change(tenant.id, { status: "deleting" });
    throw new Error("Its role does not exist.");
  });
  const run = await makeRun(tenants, { options: { failureBudget: { count: 1 } } });
  expect(await workUntilRest(run, find)).toBe("finished");
  expect((await ends(run))[0]).toEqual(gone);
  expect((await ends(run))[1]?.[0]).toBe("failed");
  expect(await controlDb().bulkItemLog.count({ where: { runId: run, position: 0 } })).toBe(1);
});

test("a tenant that left the planner's scope is not touched, on its server neither", async () => {
  const [inside, outside] = await registryTenants(control.serverId, 2, "moved");
  if (!inside || !outside) throw new Error("There are two.");
  await change(outside.id, { plan: "enterprise" });
  const touched: string[] = [];
  const find = doing(async ({ tenant }) => {
    touched.push(tenant.slug);
    return {};
  });
  const scope = { kind: "plan" as const, values: ["starter"] };
  const run = await makeRun([inside, outside], { scope, options: { failureBudget: { count: 1 } } });
  expect(await workUntilRest(run, find)).toBe("finished");
  expect(touched).toEqual(["moved-0"]);
  expect((await ends(run))[1]).toEqual(["failed", expect.stringContaining("no such tenant within reach")]);
});

test("what fails after the run stopped is counted in the reason, too", async () => {
  const tenants = await registryTenants(control.serverId, 4, "late");
  const statusOf = async (id: string) => await controlDb().bulkRun.findUniqueOrThrow({ where: { id } });
  const run = await makeRun(tenants, { options: { concurrency: 3 } });
  const find = doing(async ({ tenant }) => {
    const until = Date.now() + 10_000;
    while (tenant.slug !== "late-0" && (await statusOf(run)).status === "running" && Date.now() < until)
      await delay(10);
    throw new AppError("conflict", "No.");
  });
  expect(await workUntilRest(run, find)).toBe("paused");
  expect((await itemsOf(run)).counts).toEqual({ failed: 3, pending: 1 });
  expect((await statusOf(run)).reason).toBe(
    "The run stopped: 3 tenants failed, and its failure budget puts up with none.",
  );
});

test("the log's sentences stand apart", async () => {
  const tenants = await registryTenants(control.serverId, 1, "apart");
  let attempts = 0;
  const find = doing(async () => {
    attempts++;
    if (attempts === 1) throw new AppError("unavailable", "canceling statement due to lock timeout");
    return {};
  });
  const run = await makeRun(tenants);
  await workUntilRest(run, find);
  const [first] = await controlDb().bulkItemLog.findMany({ where: { runId: run }, orderBy: { id: "asc" } });
  expect(first?.message).toBe("canceling statement due to lock timeout. Tried again in 1 s.");
});
