import { NextRequest } from "next/server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/tenancy/tenants/[id]/actions/[action]/route";
import type { Ctx } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import type { Permission } from "@/lib/kernel/permissions";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { findAction } from "./actions";
import { confirmRun } from "./confirm-run";
import type { RunView } from "./shapes";
import { findTenantOperation } from "./tenant-operations";
import { makeRows, person, program, prove } from "./testing-plan";
import { workUntilRest } from "./testing-runs";

let control: TestControl;
let id: string;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});
beforeEach(async () => {
  await controlDb().bulkItem.deleteMany();
  await controlDb().bulkRun.deleteMany();
  await controlDb().tenant.deleteMany();
  await makeRows(control.serverId, "t", 2, { tags: ["mine"] });
  id = (await controlDb().tenant.findFirstOrThrow({ orderBy: { slug: "asc" } })).id;
});
afterEach(() => {
  env().BULK_TWO_PERSON.length = 0;
});

const both: Permission[] = ["tenants:update", "bulk:confirm"];
const gold = { add: ["gold"] };

async function run(ctx: Ctx, action: string, input: object): Promise<RunView> {
  const found = findTenantOperation(action);
  if (!found) throw new Error(`There is no action ${action}.`);
  return (await perform(found as Operation, ctx, input)) as RunView;
}

const runs = () => controlDb().bulkRun.count();
const newest = async () => await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });

test("a key that may confirm runs an action on one tenant, at once and on no other", async () => {
  const answer = await run(program(both), "tag", { id, ...gold });
  expect(answer).toMatchObject({ action: "tag", status: "running", total: 1, input: { add: ["gold"], remove: [] } });
  expect(answer.options.canary).toBeNull();
  expect(await newest()).toMatchObject({
    ...{ operation: "tenants.run.tag", outcome: "done", target: id },
    after: { run: answer.id, status: "running", digest: answer.digest },
  });
  expect(await workUntilRest(answer.id, findAction)).toBe("finished");
  const tagged = await controlDb().tenant.findMany({ where: { tags: { has: "gold" } } });
  expect(tagged.map((one) => one.id)).toEqual([id]);
});

test("a person proves the second factor for this very input", async () => {
  const who = await person();
  const refusal = await run(who, "tag", { id, ...gold }).catch((error: { confirm: string }) => error);
  expect(refusal).toMatchObject({ reason: "step_up_required", confirm: expect.stringMatching(/^[0-9a-f]{64}$/) });
  await prove(who, (refusal as { confirm: string }).confirm);
  await expect(run(who, "tag", { id, add: ["silver"] })).rejects.toMatchObject({ reason: "step_up_required" });
  expect(await runs()).toBe(0);
  expect(await run(who, "tag", { id, ...gold })).toMatchObject({
    status: "running",
    confirmed: { name: expect.any(String) },
  });
});

test("who may not confirm, or lacks the action's permission, begins nothing and leaves no plan", async () => {
  await expect(run(program(["tenants:update"]), "tag", { id, ...gold })).rejects.toMatchObject({ code: "forbidden" });
  await expect(run(program(["bulk:confirm"]), "tag", { id, ...gold })).rejects.toMatchObject({ code: "forbidden" });
  await expect(run(as("viewer"), "tag", { id, ...gold })).rejects.toMatchObject({ code: "forbidden" });
  expect(await runs()).toBe(0);
});

test("where two persons confirm, the answer is a run that waits; a key is none of them", async () => {
  env().BULK_TWO_PERSON.push("tag");
  const [ada, bob] = [await person(), await person()];
  await expect(run(program(both), "tag", { id, ...gold })).rejects.toMatchObject({ reason: "two_persons" });
  const refusal = await run(ada, "tag", { id, ...gold }).catch((error: { confirm: string }) => error);
  await prove(ada, (refusal as { confirm: string }).confirm);
  const waiting = await run(ada, "tag", { id, ...gold });
  expect(waiting).toMatchObject({ status: "awaiting_second", needsSecond: true, startedAt: null });
  await prove(ada, waiting.digest);
  await expect(perform(confirmRun, ada, waiting)).rejects.toMatchObject({ reason: "two_persons" });
  await prove(bob, waiting.digest);
  expect(await perform(confirmRun, bob, waiting)).toMatchObject({ status: "running" });
});

test("a tenant out of reach, or that is not there, is not found, and nothing is planned", async () => {
  const theirs = program(both, { kind: "tag", values: ["theirs"] });
  await expect(run(theirs, "tag", { id, ...gold })).rejects.toMatchObject({ code: "not_found" });
  const nobody = newId(new Date());
  await expect(run(program(both), "tag", { id: nobody, ...gold })).rejects.toMatchObject({ code: "not_found" });
  await controlDb().tenant.update({ where: { id }, data: { deletedAt: new Date() } });
  await expect(run(program(both), "tag", { id, ...gold })).rejects.toMatchObject({ code: "not_found" });
  expect(await runs()).toBe(0);
});

test("where there is nothing to do it says why", async () => {
  const again = run(program(both), "tag", { id, add: ["mine"] });
  await expect(again).rejects.toMatchObject({ reason: "nothing_to_do", message: expect.stringMatching(/one tenant/) });
  expect(await runs()).toBe(0);
});

test("two at the same moment each have their run; the tenant is worked on by one after the other", async () => {
  const made = await Promise.all(["gold", "silver"].map((tag) => run(program(both), "tag", { id, add: [tag] })));
  await Promise.all(made.map((one) => workUntilRest(one.id, findAction)));
  expect((await controlDb().tenant.findUniqueOrThrow({ where: { id } })).tags).toEqual(["gold", "mine", "silver"]);
});

describe("over HTTP", () => {
  async function post(action: string, body: object, permissions = both): Promise<Response> {
    const made = await perform(createKey, as("system"), { name: "script", permissions, scope: { kind: "all" } });
    const request = new NextRequest(`http://localhost:3000/api/tenancy/tenants/${id}/actions/${action}`, {
      method: "POST",
      headers: { authorization: `Bearer ${made.secret}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return await POST(request, { params: Promise.resolve({ id, action }) });
  }

  test("it answers 202 with the run and where it is", async () => {
    const response = await post("tag", gold);
    const answer = (await response.json()) as RunView;
    expect(response.status).toBe(202);
    expect(response.headers.get("location")).toBe(`/api/tenancy/bulk-runs/${answer.id}`);
  });

  test("what is wrong with the input is told by field; a name that it does not have is refused", async () => {
    const wrong = await post("tag", { add: "gold" });
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({ errors: { add: "This must be an array." } });
    const unknown = await post("tag", { ...gold, tenants: [id] });
    expect(await unknown.json()).toMatchObject({
      code: "invalid",
      errors: { tenants: expect.stringMatching(/not known here/) },
    });
  });

  test("a word that is no action is no address", async () => {
    expect((await post("shred", {})).status).toBe(404);
    expect((await post("bulk-tag", gold)).status).toBe(404);
  });
});
