import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { findAction } from "./actions";
import { confirmRun } from "./confirm-run";
import { replanRun } from "./replan-run";
import { showRun } from "./show-run";
import { makeRows, plan, program } from "./testing-plan";
import { workUntilRest } from "./testing-runs";
import { undoRun } from "./undo-run";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

test("a run whose stored input no longer fits is undone, and a plan with one is refused in words", async () => {
  await makeRows(control.serverId, "old", 2);
  const robot = program(["bulk:read", "bulk:confirm", "tenants:update"]);
  const input = { add: ["x"] };
  const run = await plan(robot, "tag", { filter: { search: "old0" }, input });
  await perform(confirmRun, robot, { id: run.id, digest: run.digest });
  await workUntilRest(run.id, findAction);
  const outdated = { added: ["x"] };
  await controlDb().bulkRun.update({ where: { id: run.id }, data: { input: outdated } });

  expect((await perform(showRun, as("owner"), { id: run.id })).title).toBe("Tag");
  const first = await perform(undoRun, robot, { id: run.id });
  expect(first).toMatchObject({ title: "Take back: Tag", status: "planned" });
  const back = await perform(replanRun, robot, { id: first.id });
  await perform(confirmRun, robot, { id: back.id, digest: back.digest });
  expect(await workUntilRest(back.id, findAction)).toBe("finished");
  const tags = await controlDb().tenant.findMany({ where: { slug: { startsWith: "old0" } }, select: { tags: true } });
  expect(tags).toEqual([{ tags: [] }, { tags: [] }]);

  const next = await plan(robot, "tag", { filter: { search: "old0" }, input });
  await controlDb().bulkRun.update({ where: { id: next.id }, data: { input: outdated } });
  await expect(perform(replanRun, robot, { id: next.id })).rejects.toMatchObject({
    ...{ code: "conflict", reason: "input_outdated" },
  });
});
