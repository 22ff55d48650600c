import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/gate/context";
import { actorId } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { env } from "@/lib/platform/env";
import { controlDb, type Prisma } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { confirmRun } from "./confirm-run";
import type { RunView } from "./shapes";
import { makeRows, person, plan, prove } from "./testing-plan";
import { checkTwoPersons, needsTwo } from "./two-persons";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
  await makeRows(control.serverId, "two", 2);
});
afterAll(() => control.close());
beforeEach(() => {
  env().BULK_TWO_PERSON.push("suspend");
});
afterEach(() => {
  env().BULK_TWO_PERSON.length = 0;
});

async function confirm(who: Ctx, { id, digest }: RunView): Promise<RunView> {
  await prove(who, digest);
  return await perform(confirmRun, who, { id, digest });
}

test.each<[string, Prisma.UserUpdateInput]>([
  ["was deactivated", { deactivatedAt: new Date() }],
  ["may not confirm any more", { role: "viewer" }],
  ["reaches less than the run", { scope: { kind: "plan", values: ["starter"] } }],
])("the second confirms nothing where the first %s, and the trail has it", async (_, data) => {
  const [run, first, second] = [await plan(as("owner"), "suspend", { filter: {} }), await person(), await person()];
  expect(await confirm(first, run)).toMatchObject({ status: "awaiting_second" });
  await controlDb().user.update({ where: { id: actorId(first.actor) ?? "" }, data });
  await expect(confirm(second, run)).rejects.toMatchObject({
    ...{ code: "conflict", reason: "first_lost_right", message: expect.stringContaining("Plan it anew.") },
  });
  const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({ operation: "bulk.confirm", outcome: "refused", target: run.id });
});

test("a name that no action has is told with the names that there are, and meanwhile all actions take two", () => {
  expect(() => checkTwoPersons()).not.toThrow();
  expect(needsTwo("purge")).toBe(false);
  env().BULK_TWO_PERSON.push("prune");
  expect(() => checkTwoPersons()).toThrow(/BULK_TWO_PERSON names prune, .*There are: .*purge/);
  expect(needsTwo("purge")).toBe(true);
});
