import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { cancelRun } from "./cancel-run";
import { confirmRun } from "./confirm-run";
import { pauseRun } from "./pause-run";
import { replanRun } from "./replan-run";
import { resumeRun } from "./resume-run";
import { retryRun } from "./retry-run";
import type { ItemStatus, RunView } from "./shapes";
import { makeRows, plan, program } from "./testing-plan";
import { undoRun } from "./undo-run";

let control: TestControl;
let robot: Ctx;
beforeAll(async () => {
  control = await testControl();
  robot = program(["bulk:confirm", "tenants:status"]);
});
afterAll(() => control.close());
beforeEach(async () => {
  await controlDb().bulkItem.deleteMany();
  await controlDb().bulkRun.deleteMany();
  await controlDb().tenant.deleteMany();
  await makeRows(control.serverId, "t", 10, { tags: ["mine"] });
});

const owner = () => as("owner");
const mine: Scope = { kind: "tag", values: ["mine"] };
const statusOf = async ({ id }: RunView) => (await controlDb().bulkRun.findUniqueOrThrow({ where: { id } })).status;

/** A run over ten tenants that was confirmed. */
async function running(options: object = {}, action = "suspend", input: object = {}): Promise<RunView> {
  const run = await plan(owner(), action, { filter: {}, options, input });
  return await perform(confirmRun, robot, { id: run.id, digest: run.digest });
}

/** Makes items, from the first position on, come out like this. */
async function become({ id }: RunView, ...ends: [ItemStatus, number][]): Promise<void> {
  let position = 0;
  for (const [status, count] of ends) {
    const where = { runId: id, position: { gte: position, lt: position + count } };
    const ended = { attempts: 3, startedAt: new Date(), finishedAt: status === "running" ? null : new Date() };
    const saved = status === "done" ? { saved: { status: "active", reason: "" } } : {};
    await controlDb().bulkItem.updateMany({ where, data: { status, words: `It is ${status}.`, ...ended, ...saved } });
    position += count;
  }
}

describe("pause, resume and cancel", () => {
  test("keep what was done, and are in the audit trail with the counts", async () => {
    const run = await running();
    await become(run, ["done", 3]);
    const paused = await perform(pauseRun, owner(), { id: run.id });
    expect(paused).toMatchObject({ status: "paused", reason: "Paused by owner@example.com." });
    expect(await perform(resumeRun, owner(), { id: run.id })).toMatchObject({ status: "running", reason: null });
    const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
    expect(event).toMatchObject({
      ...{ operation: "bulk.resume", target: run.id, before: { status: "paused" } },
      after: { status: "running", counts: { done: 3, pending: 7 }, digest: run.digest },
    });
    const cancelled = await perform(cancelRun, owner(), { id: run.id });
    expect(cancelled).toMatchObject({ status: "cancelled", counts: { done: 3, cancelled: 7 } });
  });

  test("a cancelled run waits for what is at work; a planned one is cancelled at once", async () => {
    const run = await running();
    await become(run, ["running", 1]);
    const cancelling = await perform(cancelRun, owner(), { id: run.id });
    expect(cancelling).toMatchObject({ status: "cancelling", counts: { running: 1, cancelled: 9 } });
    expect(cancelling.reason).toBe("Cancelled by owner@example.com.");
    const planned = await plan(owner(), "suspend", { filter: {} });
    expect(await perform(cancelRun, owner(), { id: planned.id })).toMatchObject({
      ...{ status: "cancelled", counts: { cancelled: 10 }, reason: "Cancelled by owner@example.com." },
    });
  });

  test("are refused where they make no sense, with the run's status", async () => {
    const run = await plan(owner(), "suspend", { filter: {} });
    await expect(perform(pauseRun, owner(), { id: run.id })).rejects.toThrow("can't be paused: it is planned.");
    await expect(perform(resumeRun, owner(), { id: run.id })).rejects.toMatchObject({ code: "conflict" });
    await perform(cancelRun, owner(), { id: run.id });
    for (const op of [cancelRun, pauseRun, resumeRun, replanRun])
      await expect(perform(op, owner(), { id: run.id })).rejects.toMatchObject({ code: "conflict" });
  });

  test("are refused to who may not control runs, or whose rights reach less than the run's", async () => {
    const run = await running();
    for (const op of [pauseRun, resumeRun, cancelRun]) {
      await expect(perform(op, as("viewer"), { id: run.id })).rejects.toMatchObject({ code: "forbidden" });
      await expect(perform(op, as("owner", { scope: mine }), { id: run.id })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect(await statusOf(run)).toBe("running");
  });
});

describe("once the failure budget is used up", () => {
  const stopped = async () => {
    const run = await running({ failureBudget: { count: 1 }, canary: null });
    await become(run, ["done", 2], ["failed", 2]);
    await controlDb().bulkRun.update({ where: { id: run.id }, data: { status: "paused", reason: "Too many." } });
    return run;
  };

  test("a run goes on only when somebody says that the failures don't matter", async () => {
    const run = await stopped();
    const refused = perform(resumeRun, owner(), { id: run.id });
    await expect(refused).rejects.toMatchObject({
      ...{ code: "conflict", reason: "budget_used_up", message: expect.stringMatching(/2 tenants failed.*Retry/) },
    });
    expect(await statusOf(run)).toBe("paused");
    expect(await perform(resumeRun, owner(), { id: run.id, ignoreFailures: true })).toMatchObject({
      status: "running",
    });
    expect((await controlDb().bulkRun.findUniqueOrThrow({ where: { id: run.id } })).forgiven).toBe(2);
  });

  test("a retry tries again what failed, and nothing else", async () => {
    const run = await stopped();
    const again = await perform(retryRun, robot, { id: run.id });
    expect(again).toMatchObject({ status: "running", counts: { done: 2, pending: 8, failed: 0 } });
    const items = await controlDb().bulkItem.findMany({ where: { runId: run.id }, orderBy: { position: "asc" } });
    expect(items.map(({ attempts }) => attempts)).toEqual([3, 3, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(items[2]).toMatchObject({ status: "pending", words: null, startedAt: null, finishedAt: null });
  });
});

describe("a retry", () => {
  test.each(["finished", "cancelled"] as const)(
    "opens a run that is %s again, and leaves what was cancelled",
    async (status) => {
      const run = await running();
      const rest = status === "finished" ? "done" : "cancelled";
      await become(run, ["done", 4], ["failed", 2], [rest, 4]);
      await controlDb().bulkRun.update({ where: { id: run.id }, data: { status, finishedAt: new Date() } });
      const again = await perform(retryRun, robot, { id: run.id });
      expect(again).toMatchObject({ status: "running", finishedAt: null, counts: { pending: 2, failed: 0 } });
    },
  );

  test("needs the right to confirm and the action's, and something that failed", async () => {
    const run = await running();
    await become(run, ["done", 9], ["failed", 1]);
    await controlDb().bulkRun.update({ where: { id: run.id }, data: { status: "finished" } });
    for (const rights of [["bulk:confirm"], ["tenants:status"]] as const)
      await expect(perform(retryRun, program(rights), { id: run.id })).rejects.toMatchObject({ code: "forbidden" });
    await become(run, ["done", 10]);
    await expect(perform(retryRun, robot, { id: run.id })).rejects.toThrow(/Nothing has failed/);
  });
});

describe("an undo", () => {
  const finished = async (...ends: [ItemStatus, number][]) => {
    const run = await running({ canary: { count: 2 } });
    await become(run, ...ends);
    await controlDb().bulkRun.update({ where: { id: run.id }, data: { status: "finished", finishedAt: new Date() } });
    return run;
  };
  const undo = async (ctx: Ctx, { id }: RunView) => await perform(undoRun, ctx, { id });
  const itemsOf = async ({ id }: RunView) =>
    await controlDb().bulkItem.findMany({ where: { runId: id }, orderBy: { position: "asc" } });

  test("is a plan over what the run did, with what it kept, and is confirmed like any other", async () => {
    const run = await finished(["done", 6], ["failed", 2], ["skipped", 2]);
    const back = await undo(robot, run);
    expect(back).toMatchObject({ status: "planned", undoOf: run.id, total: 6, undoable: 0 });
    expect(back.title).not.toBe(run.title);
    const [original, items] = [await itemsOf(run), await itemsOf(back)];
    expect(items.map(({ tenantId }) => tenantId).sort()).toEqual(
      original
        .slice(0, 6)
        .map(({ tenantId }) => tenantId)
        .sort(),
    );
    expect(items.map(({ saved }) => saved)).toEqual(Array(6).fill({ status: "active", reason: "" }));
    expect(items.filter(({ wave }) => wave === 0)).toHaveLength(2);
    const places = items.map(({ tenantId }) => original.findIndex((one) => one.tenantId === tenantId));
    expect(places.slice(2)).toEqual(places.slice(2).toSorted((one, other) => one - other));
    expect(await perform(confirmRun, robot, { id: back.id, digest: back.digest })).toMatchObject({ status: "running" });
    await expect(undo(robot, run)).rejects.toMatchObject({ reason: "undo_open" });
  });

  test("leaves what another undo has taken back, and can't itself be undone", async () => {
    const run = await finished(["done", 6], ["skipped", 4]);
    const first = await undo(robot, run);
    await become(first, ["done", 4], ["failed", 2]);
    await controlDb().bulkRun.update({ where: { id: first.id }, data: { status: "finished", startedAt: new Date() } });
    await expect(undo(robot, first)).rejects.toMatchObject({ code: "conflict" });
    const second = await undo(robot, run);
    expect(second.total).toBe(2);
    await perform(cancelRun, owner(), { id: second.id });
    await become(first, ["done", 6]);
    await expect(undo(robot, run)).rejects.toMatchObject({ code: "invalid" });
  });

  test("warns of tenants that were changed since", async () => {
    const run = await finished(["done", 10]);
    const [item] = await itemsOf(run);
    const updatedAt = new Date(Date.now() + 60_000);
    await controlDb().tenant.updateMany({ where: { id: item?.tenantId ?? "" }, data: { updatedAt } });
    const warned = (await itemsOf(await undo(robot, run))).filter(({ warnings }) =>
      warnings.includes("Changed since that run"),
    );
    expect(warned.map(({ tenantId }) => tenantId)).toEqual([item?.tenantId]);
  });

  test("is refused while the run is at work, where the action has none, and to who lacks the action's right", async () => {
    const run = await running();
    await become(run, ["done", 1]);
    await expect(undo(robot, run)).rejects.toThrow("can't be undone: it is running.");
    await perform(pauseRun, owner(), { id: run.id });
    await expect(undo(program(["bulk:confirm"]), run)).rejects.toMatchObject({ code: "forbidden" });
    expect((await undo(robot, run)).total).toBe(1);
    const vacuum = await plan(owner(), "vacuum", { filter: {} });
    const key = program(["bulk:confirm", "databases:maintain"]);
    await perform(confirmRun, key, { id: vacuum.id, digest: vacuum.digest });
    await perform(pauseRun, owner(), { id: vacuum.id });
    await expect(undo(key, vacuum)).rejects.toThrow(/can't be taken back/);
  });
});
