import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { lockTenant } from "@/lib/tenants/find";
import type { Json, Outcome, RegistryAction } from "./action";
import { findAction } from "./actions";

let control: TestControl;
let tenant: TestTenant;
let made = 0;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  tenant = await control.makeTenant(`acme-${made++}`);
});

function action(name: string): RegistryAction {
  const found = findAction(name);
  if (found?.where !== "registry") throw new Error(`no registry action ${name}`);
  return found;
}

async function inTransaction(
  work: (...given: Parameters<RegistryAction["run"]>) => Promise<Outcome>,
  input: unknown,
): Promise<Outcome> {
  return await controlDb().$transaction(async (db) => {
    const ctx = as("system", { db });
    return await work(ctx, await lockTenant(ctx, tenant.id), input);
  });
}

const run = (name: string, input: object = {}) => inTransaction(action(name).run, action(name).input.parse(input));

/** Takes back what an item did; what was kept went through storage. */
async function undo(name: string, { saved }: Outcome): Promise<Outcome> {
  const { undo } = action(name);
  if (!undo || saved === undefined) throw new Error("there is nothing to undo");
  return await inTransaction(
    (ctx, locked, kept) => undo.run(ctx, locked, kept as Json),
    JSON.parse(JSON.stringify(saved)),
  );
}

async function canSignIn(): Promise<boolean> {
  const { host, port } = control.access;
  const client = new pg.Client({ host, port, user: tenant.role, password: tenant.password, database: tenant.database });
  client.on("error", () => undefined);
  const answer = await client.connect().then(
    () => true,
    () => false,
  );
  await client.end().catch(() => undefined);
  return answer;
}

const row = () => controlDb().tenant.findUniqueOrThrow({ where: { id: tenant.id } });

test("what was suspended with a reason, and blocked by a run, is suspended with that reason again", async () => {
  await run("suspend", { reason: "unpaid" });
  const blocked = await run("block", { reason: "abuse" });
  expect(await row()).toMatchObject({ status: "blocked", statusReason: "abuse" });
  expect(await undo("block", blocked)).toEqual({ status: "done", words: "blocked → suspended" });
  expect(await row()).toMatchObject({ status: "suspended", statusReason: "unpaid" });
});

test("a suspension and its undo are PostgreSQL's word, too", async () => {
  const outcome = await run("suspend");
  expect(await canSignIn()).toBe(false);
  await undo("suspend", outcome);
  expect(await canSignIn()).toBe(true);
});

test("an undo leaves alone whose status somebody changed since, or set again with another reason", async () => {
  const first = await run("suspend", { reason: "one" });
  await run("activate");
  expect(await undo("suspend", first)).toEqual({
    status: "skipped",
    words: "It is active now: somebody changed its status since.",
  });
  await run("suspend", { reason: "another" });
  expect(await undo("suspend", first)).toMatchObject({ status: "skipped" });
  expect((await row()).statusReason).toBe("another");
});

test("an undo of a plan, of tags and of limits leaves alone what somebody changed since", async () => {
  const plan = await run("set-plan", { plan: "business" });
  await run("set-plan", { plan: "enterprise" });
  expect(await undo("set-plan", plan)).toMatchObject({
    status: "skipped",
    words: expect.stringContaining("enterprise"),
  });
  const limits = await run("set-limits", { connections: 5, workMemMb: 8 });
  await run("set-limits", { connections: 6 });
  expect(await undo("set-limits", limits)).toMatchObject({ status: "skipped" });
  await run("tag", { add: ["mine"] });
  const tags = await run("tag", { add: ["mine", "vip"] });
  await run("tag", { add: ["theirs"] });
  expect(await undo("tag", tags)).toEqual({ status: "done", words: "−vip" });
  expect(await row()).toMatchObject({ plan: "enterprise", tags: ["mine", "theirs"] });
});

test("an undo of a deletion leaves alone who was restored and deleted again since", async () => {
  const first = await run("delete");
  await run("restore");
  expect(await undo("delete", first)).toEqual({ status: "skipped", words: "It is active, not deleted." });
  await run("delete");
  expect(await undo("delete", first)).toMatchObject({
    status: "skipped",
    words: expect.stringContaining("again since"),
  });
  expect(await canSignIn()).toBe(false);
  await run("restore");
  expect(await canSignIn()).toBe(true);
});

test("what a tenant's status does not allow is refused in words", async () => {
  await control.sql("UPDATE tenants SET status = 'provisioning' WHERE id = $1", [tenant.id]);
  await expect(run("suspend")).rejects.toThrow("it is still being made");
  await expect(run("delete")).rejects.toThrow("still being made");
  await expect(run("set-limits", { connections: 5 })).rejects.toThrow("it is still being made");
});

test("a tag is neither added and removed at once, nor one too many", async () => {
  const { input } = action("tag");
  expect(input.safeParse({}).success).toBe(false);
  expect(input.safeParse({ add: ["a"], remove: ["A "] }).success).toBe(false);
  const many = Array.from({ length: 20 }, (_, n) => `t${n}`);
  await run("tag", { add: many });
  expect(await run("tag", { add: ["more"] })).toEqual({ status: "skipped", words: "It would have more than 20 tags." });
  expect(await run("tag", { add: ["more"], remove: ["t0"] })).toMatchObject({ status: "done", words: "+more −t0" });
});
