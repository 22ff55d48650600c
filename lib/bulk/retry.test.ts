import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { resumeRun } from "./resume-run";
import { retryRun } from "./retry-run";
import { person, program, prove } from "./testing-plan";
import { itemsOf, makeRun, registryTenants } from "./testing-runs";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
afterEach(() => {
  env().BULK_TWO_PERSON.length = 0;
});

const key = () => program(["bulk:confirm", "tenants:purge", "tenants:update"]);
const retry = async (ctx: Ctx, id: string) => await perform(retryRun, ctx, { id });
const newest = async () => await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });

/** A finished run whose items have all failed, some days ago. */
async function failed(begin: string, count: number, action: string, input = {}, days = 0) {
  const tenants = await registryTenants(control.serverId, count, begin);
  const at = new Date(Date.now() - days * 24 * 3_600_000);
  const run = await makeRun(tenants, { action, input, confirmedAt: at });
  const ended = { startedAt: at, finishedAt: at };
  await controlDb().bulkItem.updateMany({ where: { runId: run }, data: { status: "failed", words: "No.", ...ended } });
  await controlDb().bulkRun.update({ where: { id: run }, data: { status: "finished", finishedAt: at } });
  return { run, tenants };
}

const statuses = async (run: string) => (await itemsOf(run)).items.map(({ status }) => status);

test("something destructive is not retried once a tenant is another than was confirmed, and the trail has it", async () => {
  const { run, tenants } = await failed("wiped", 2, "purge");
  await controlDb().tenant.updateMany({ where: { id: tenants[1]?.id ?? "" }, data: { version: 3, status: "deleted" } });
  await expect(retry(key(), run)).rejects.toMatchObject({
    ...{ code: "conflict", reason: "plan_changed", message: expect.stringMatching(/wiped-1\. Plan it anew/) },
  });
  expect(await newest()).toMatchObject({ operation: "bulk.retry", outcome: "refused", target: run });
  expect(await statuses(run)).toEqual(["failed", "failed"]);
  await controlDb().tenant.updateMany({ where: { id: tenants[1]?.id ?? "" }, data: { status: "deleting" } });
  expect(await retry(key(), run)).toMatchObject({ status: "running", counts: { pending: 2 } });
});

test("a run of something destructive that was paused does not go on over a tenant that changed", async () => {
  const { run, tenants } = await failed("paused", 2, "purge");
  await controlDb().bulkItem.updateMany({ where: { runId: run }, data: { status: "pending", finishedAt: null } });
  await controlDb().bulkRun.update({ where: { id: run }, data: { status: "paused" } });
  await controlDb().tenant.updateMany({ where: { id: tenants[0]?.id ?? "" }, data: { version: 3 } });
  const resume = () => perform(resumeRun, program(["bulk:control"]), { id: run });
  await expect(resume()).rejects.toMatchObject({ code: "conflict", reason: "plan_changed" });
  expect(await newest()).toMatchObject({ operation: "bulk.resume", outcome: "refused", target: run });
  await controlDb().tenant.updateMany({ where: { id: tenants[0]?.id ?? "" }, data: { version: 1 } });
  expect(await resume()).toMatchObject({ status: "running" });
});

test("what is not destructive is retried though a tenant changed", async () => {
  const { run, tenants } = await failed("milder", 1, "set-plan", { plan: "business" });
  await controlDb().tenant.updateMany({ where: { id: tenants[0]?.id ?? "" }, data: { version: 3 } });
  expect(await retry(key(), run)).toMatchObject({ status: "running" });
});

test("a confirmation holds for a day after the run was last worked on", async () => {
  const { run } = await failed("stale", 2, "set-plan", { plan: "business" }, 300);
  await expect(retry(key(), run)).rejects.toMatchObject({ code: "conflict", reason: "confirmation_expired" });
  expect(await newest()).toMatchObject({ operation: "bulk.retry", outcome: "refused" });
  const where = { runId_position: { runId: run, position: 0 } };
  await controlDb().bulkItem.update({ where, data: { finishedAt: new Date(Date.now() - 23 * 3_600_000) } });
  expect(await retry(key(), run)).toMatchObject({ status: "running" });
});

test("where two people had to confirm, a person retries it with the second factor", async () => {
  const { run } = await failed("paired", 1, "set-plan", { plan: "business" });
  await controlDb().bulkRun.update({ where: { id: run }, data: { digest: "d".repeat(64) } });
  env().BULK_TWO_PERSON.push("set-plan");
  await expect(retry(key(), run)).rejects.toMatchObject({ code: "forbidden", reason: "two_persons" });
  const who = await person();
  await expect(retry(who, run)).rejects.toMatchObject({ reason: "step_up_required", confirm: "d".repeat(64) });
  await prove(who, "d".repeat(64));
  expect(await retry(who, run)).toMatchObject({ status: "running" });
});

test("what failed beyond the actor's reach stays failed", async () => {
  const { run, tenants } = await failed("reach", 2, "set-plan", { plan: "business" });
  const scope = { kind: "plan" as const, values: ["starter"] };
  await controlDb().bulkRun.update({ where: { id: run }, data: { scope } });
  const leave = async (at: number) =>
    await controlDb().tenant.update({ where: { id: tenants[at]?.id ?? "" }, data: { plan: "enterprise" } });
  await leave(0);
  const scoped = program(["bulk:confirm", "tenants:update"], scope);
  await retry(scoped, run);
  expect(await statuses(run)).toEqual(["failed", "pending"]);
  await leave(1);
  await controlDb().bulkItem.updateMany({ where: { runId: run }, data: { status: "failed" } });
  await controlDb().bulkRun.update({ where: { id: run }, data: { status: "paused" } });
  await expect(retry(scoped, run)).rejects.toThrow(/out of reach/);
});
