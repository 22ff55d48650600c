import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { everything, type Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { findAction } from "./actions";
import { confirmRun } from "./confirm-run";
import { makeRows, person, plan, program } from "./testing-plan";
import { itemsOf, makeRun, workUntilRest } from "./testing-runs";
import { undoRun } from "./undo-run";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const starters: Scope = { kind: "plan", values: ["starter"] };
const robot = (scope: Scope) => program(["bulk:confirm", "tenants:update"], scope);

async function leftOut(who: Ctx, action: string, search: string, input: object) {
  const run = await plan(who, action, { filter: { search }, input });
  return (await itemsOf(run.id)).items.map(({ status, words }) => [status, words]);
}

test("a plan leaves out tenants that it would put out of its planner's reach", async () => {
  await makeRows(control.serverId, "out", 2, { tags: ["mine"] });
  const refused = plan(robot(starters), "set-plan", { filter: { search: "out0" }, input: { plan: "business" } });
  await expect(refused).rejects.toThrow(/nothing to do for 2 tenants\. It would be out of your reach\./);
  const tags = robot({ kind: "tag", values: ["mine", "ours"] });
  await controlDb().tenant.updateMany({ where: { slug: "out000002" }, data: { tags: ["mine", "ours"] } });
  expect(await leftOut(tags, "tag", "out0", { remove: ["mine"], add: ["theirs"] })).toEqual([
    ["skipped", "It would be out of your reach."],
    ["pending", null],
  ]);
  for (const scope of [starters, everything])
    expect(await leftOut(robot(scope), "tag", "out0", { remove: ["mine"], add: ["theirs"] })).toEqual([
      ["pending", null],
      ["pending", null],
    ]);
});

test("what a run moved out of its planner's scope is brought back by who reaches it", async () => {
  await makeRows(control.serverId, "far", 2, { plan: "business" });
  const tenants = await controlDb().tenant.findMany({
    where: { slug: { startsWith: "far0" } },
    orderBy: { slug: "asc" },
  });
  const saved = tenants.map(() => ({ before: "starter", left: "business" }));
  const input = { plan: "business" };
  const run = await makeRun(tenants, { action: "set-plan", input, saved, scope: starters });
  await controlDb().bulkItem.updateMany({ where: { runId: run }, data: { status: "done", finishedAt: new Date() } });
  await controlDb().bulkRun.update({ where: { id: run }, data: { status: "finished" } });
  await expect(perform(undoRun, robot(starters), { id: run })).rejects.toMatchObject({ code: "invalid" });
  const back = await perform(undoRun, await person(), { id: run });
  expect(back.counts).toMatchObject({ pending: 2 });
  await perform(confirmRun, robot(everything), { id: back.id, digest: back.digest });
  expect(await workUntilRest(back.id, findAction)).toBe("finished");
  const plans = await controlDb().tenant.findMany({ where: { slug: { startsWith: "far0" } }, select: { plan: true } });
  expect(plans).toEqual([{ plan: "starter" }, { plan: "starter" }]);
});
