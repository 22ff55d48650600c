import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { actorId, type Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Scope } from "@/lib/kernel/scope";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { cancelRun } from "./cancel-run";
import { confirmRun } from "./confirm-run";
import { replanRun } from "./replan-run";
import type { RunView } from "./shapes";
import { showRun } from "./show-run";
import { makeRows, person, plan, program, prove } from "./testing-plan";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await controlDb().bulkItem.deleteMany();
  await controlDb().bulkRun.deleteMany();
  await controlDb().tenant.deleteMany();
  await makeRows(control.serverId, "t", 4, { tags: ["mine"] });
});
afterEach(() => {
  env().BULK_TWO_PERSON.length = 0;
});

const mine: Scope = { kind: "tag", values: ["mine"] };
const planned = async (ctx: Ctx = as("owner")) => await plan(ctx, "suspend", { filter: {} });
const confirm = async (ctx: Ctx, { id, digest }: RunView) => await perform(confirmRun, ctx, { id, digest });
const statusOf = async ({ id }: RunView) => (await controlDb().bulkRun.findUniqueOrThrow({ where: { id } })).status;
const jobs = async () =>
  (await control.sql("SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'bulk-run'")).rows;
const newest = async () => await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });

/** Is refused for this reason, changes nothing, and the trail has it under who asked. */
async function refusedAndTold(ctx: Ctx, run: RunView, reason: string, digest = run.digest): Promise<void> {
  const before = await statusOf(run);
  const asked = perform(confirmRun, ctx, { id: run.id, digest });
  await expect(asked).rejects.toMatchObject({ reason });
  expect(await statusOf(run)).toBe(before);
  expect(await newest()).toMatchObject({
    ...{ operation: "bulk.confirm", outcome: "refused", target: run.id, actorId: actorId(ctx.actor) },
  });
}

describe("a person", () => {
  test("confirms by a code for this very plan: it begins, once", async () => {
    const [run, who] = [await planned(), await person()];
    const asked = confirm(who, run);
    await expect(asked).rejects.toMatchObject({ reason: "step_up_required", confirm: run.digest });
    expect((await newest())?.operation).toBe("bulk.plan.suspend");
    expect(await jobs()).toEqual([]);
    await prove(who, run.digest);
    const confirmed = await confirm(who, run);
    expect(confirmed).toMatchObject({ status: "running", startedAt: expect.any(String), counts: { pending: 4 } });
    expect(await jobs()).toEqual([{ key: `bulk:${run.id}` }]);
    expect(await newest()).toMatchObject({
      ...{ operation: "bulk.confirm", outcome: "done", target: run.id, before: { status: "planned" } },
      after: { status: "running", digest: run.digest, counts: { pending: 4 } },
    });
  });

  test("with a code for another plan is refused, and the trail has it", async () => {
    const [run, other, who] = [await planned(), await planned(), await person()];
    await prove(who, other.digest);
    await refusedAndTold(who, run, "step_up_required");
    await refusedAndTold(who, run, "digest_mismatch", other.digest);
  });

  test("with a code that was used is refused, and the trail has it", async () => {
    const [run, who] = [await planned(), await person()];
    await prove(who, run.digest);
    await confirm(who, run);
    await controlDb().bulkRun.update({ where: { id: run.id }, data: { status: "planned" } });
    await refusedAndTold(who, run, "step_up_required");
  });

  test("who sends the request again is refused, also with a new code; with its Idempotency-Key, answered as before", async () => {
    const [run, who] = [await planned(), await person()];
    await prove(who, run.digest);
    const first = await confirm({ ...who, idempotencyKey: "c1" }, run);
    await prove(who, run.digest);
    await refusedAndTold(who, run, "not_confirmable");
    expect(await confirm({ ...who, idempotencyKey: "c1" }, run)).toEqual(first);
    expect(await controlDb().stepUp.count({ where: { digest: run.digest, usedAt: null } })).toBe(1);
  });

  test("who confirms twice at the same moment begins it once", async () => {
    const [run, who] = [await planned(), await person()];
    await prove(who, run.digest);
    await prove(who, run.digest);
    const settled = await Promise.allSettled([confirm(who, run), confirm(who, run)]);
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("without the rights is refused: to confirm, and to do what the action does", async () => {
    const run = await planned();
    const [viewer, confirmer] = [await person("viewer"), await person("operator")];
    await expect(confirm(viewer, run)).rejects.toThrow(/bulk:confirm/);
    if (confirmer.actor.kind === "user") confirmer.actor.permissions = ["bulk:confirm", "bulk:read"];
    await prove(confirmer, run.digest);
    await expect(confirm(confirmer, run)).rejects.toThrow(/tenants:status/);
    expect(await newest()).toMatchObject({ outcome: "refused", target: run.id });
    expect(await perform(showRun, confirmer, { id: run.id })).toMatchObject({ mayConfirm: false });
    expect(await perform(showRun, await person(), { id: run.id })).toMatchObject({ mayConfirm: true });
  });

  test("whose rights reach less than the plan's does not find it, and the trail has it", async () => {
    const run = await planned();
    await expect(confirm(await person("owner", mine), run)).rejects.toMatchObject({ code: "not_found" });
    expect(await newest()).toMatchObject({ operation: "bulk.confirm", outcome: "refused", target: run.id });
    const theirs = await planned(program(["tenants:status"], mine));
    const who = await person("owner", mine);
    await prove(who, theirs.digest);
    expect((await confirm(who, theirs)).status).toBe("running");
  });
});

describe("a plan that is no longer right", () => {
  test("says which tenants were changed since, and is made anew with another digest", async () => {
    const [run, who] = [await planned(), await person()];
    await controlDb().tenant.updateMany({ where: { slug: "t000003" }, data: { version: 2, status: "suspended" } });
    expect(await perform(showRun, who, { id: run.id })).toMatchObject({ stale: 1 });
    await prove(who, run.digest);
    await expect(confirm(who, run)).rejects.toThrow("One tenant was changed since this was planned: t000003.");
    await refusedAndTold(who, run, "plan_changed");
    const anew = await perform(replanRun, who, { id: run.id });
    expect(anew).toMatchObject({ id: run.id, status: "planned", counts: { pending: 3, skipped: 1 } });
    expect(anew.digest).not.toBe(run.digest);
    await refusedAndTold(who, anew, "digest_mismatch", run.digest);
    await prove(who, anew.digest);
    expect((await confirm(who, anew)).status).toBe("running");
  });

  test.each([
    ["deleted", { deletedAt: new Date() }],
    ["moved out of the confirmer's reach", { tags: ["theirs"] }],
  ])("is refused when a tenant was %s", async (_, data) => {
    const run = await planned(program(["tenants:status"], mine));
    const who = await person("owner", mine);
    await controlDb().tenant.updateMany({ where: { slug: "t000001" }, data });
    await refusedAndTold(who, run, "plan_changed");
  });

  test("does not mind what becomes of tenants that it leaves out", async () => {
    await controlDb().tenant.updateMany({ where: { slug: "t000001" }, data: { status: "suspended" } });
    const [run, who] = [await planned(), await person()];
    await controlDb().tenant.updateMany({ where: { slug: "t000001" }, data: { version: 2 } });
    await prove(who, run.digest);
    expect((await confirm(who, run)).status).toBe("running");
  });

  test("was tampered with in the database: an item, the input or the action", async () => {
    const who = await person();
    const tampered = async (change: (run: RunView) => Promise<unknown>) => {
      const run = await planned();
      await prove(who, run.digest);
      await change(run);
      await refusedAndTold(who, run, "plan_tampered");
    };
    await makeRows(control.serverId, "victim", 1);
    const victim = await controlDb().tenant.findFirstOrThrow({ where: { slug: "victim000001" } });
    await tampered((run) =>
      controlDb().bulkItem.update({
        where: { runId_position: { runId: run.id, position: 0 } },
        data: { tenantId: victim.id },
      }),
    );
    await tampered(({ id }) => controlDb().bulkRun.update({ where: { id }, data: { input: { reason: "mine" } } }));
    await tampered(({ id }) => controlDb().bulkItem.updateMany({ where: { runId: id }, data: { wave: 0 } }));
  });

  test("is older than a day, or was cancelled", async () => {
    const [run, who] = [await planned(), await person()];
    const later = { ...who, now: () => new Date(Date.now() + 24 * 3_600_000 + 60_000) };
    await refusedAndTold(later, run, "plan_expired");
    expect(await perform(cancelRun, who, { id: run.id })).toMatchObject({ status: "cancelled" });
    await refusedAndTold(who, run, "not_confirmable");
    await expect(perform(replanRun, who, { id: run.id })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("an API key", () => {
  test("confirms by its right alone, without a second factor", async () => {
    const run = await planned();
    const key = program(["bulk:confirm", "tenants:status"]);
    expect((await confirm(key, run)).confirmed?.name).toBe("key robot");
  });

  test("that lacks the right to confirm, or the action's, leaves it waiting for a person", async () => {
    const run = await planned(program(["tenants:status"]));
    for (const rights of [["tenants:status"], ["bulk:confirm"]] as const) {
      const key = program(rights);
      await expect(confirm(key, run)).rejects.toMatchObject({ code: "forbidden" });
      expect(await newest()).toMatchObject({ outcome: "refused", actorKind: "key", target: run.id });
    }
    expect(await statusOf(run)).toBe("planned");
  });
});

describe("where two people have to confirm", () => {
  beforeEach(() => {
    env().BULK_TWO_PERSON.push("suspend");
  });

  test("the first leaves it waiting, the second begins it; each by a code of their own", async () => {
    const [run, one, other] = [await planned(), await person(), await person()];
    expect(run.needsSecond).toBe(true);
    await prove(one, run.digest);
    const waiting = await confirm(one, run);
    expect(waiting).toMatchObject({ status: "awaiting_second", startedAt: null });
    expect(await jobs()).not.toContainEqual({ key: `bulk:${run.id}` });
    await prove(one, run.digest);
    await refusedAndTold(one, run, "two_persons");
    expect(await perform(showRun, one, { id: run.id })).toMatchObject({ mayConfirm: false });
    await expect(confirm(other, run)).rejects.toMatchObject({ reason: "step_up_required" });
    await prove(other, run.digest);
    const begun = await confirm(other, run);
    expect(begun).toMatchObject({
      status: "running",
      confirmed: waiting.confirmed,
      second: { at: expect.any(String) },
    });
    expect(begun.second?.name).not.toBe(begun.confirmed?.name);
  });

  test("an API key is none of them", async () => {
    const [run, one] = [await planned(), await person()];
    const key = program(["bulk:confirm", "tenants:status"]);
    await refusedAndTold(key, run, "two_persons");
    await prove(one, run.digest);
    await confirm(one, run);
    await refusedAndTold(key, run, "two_persons");
  });

  test("a plan made anew forgets who confirmed the old one", async () => {
    const [run, one] = [await planned(), await person()];
    await prove(one, run.digest);
    await confirm(one, run);
    const anew = await perform(replanRun, one, { id: run.id });
    expect(anew).toMatchObject({ status: "planned", confirmed: null });
    await prove(one, anew.digest);
    expect((await confirm(one, anew)).status).toBe("awaiting_second");
  });
});
