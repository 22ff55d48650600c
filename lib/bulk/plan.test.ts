import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { saveFilter } from "@/lib/filters/save-filter";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import type { Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { replanRun } from "./replan-run";
import { makeRows, plan, program } from "./testing-plan";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await controlDb().bulkItem.deleteMany();
  await controlDb().bulkRun.deleteMany();
  await controlDb().savedFilter.deleteMany();
  await controlDb().tenantUsageLatest.deleteMany();
  await controlDb().tenant.deleteMany();
  await controlDb().server.updateMany({ data: { lastTickAt: new Date() } });
});

const items = async (runId: string) =>
  await controlDb().bulkItem.findMany({ where: { runId }, orderBy: { position: "asc" } });
const slugs = async (runId: string) => (await items(runId)).map(({ slug }) => slug);
const tenants = async () => await controlDb().tenant.findMany({ orderBy: { slug: "asc" } });
const mine: Scope = { kind: "tag", values: ["mine"] };
const measure = async (connections: number, requests: number) =>
  await controlDb().$executeRaw`
    INSERT INTO tenant_usage_latest (tenant_id, tick_id, changed_at, connections, requests)
    SELECT id, 1, now(), ${connections}, ${requests} FROM tenants`;

describe("a selection", () => {
  test("by ids is exactly these, in order of their slugs, each once", async () => {
    await makeRows(control.serverId, "t", 5);
    const [a, b, c] = await tenants();
    const ids = [c?.id, a?.id, c?.id].map((id) => id?.toUpperCase());
    const run = await plan(as("owner"), "suspend", { tenants: ids });
    expect(await slugs(run.id)).toEqual([a?.slug, c?.slug]);
    expect(run).toMatchObject({ total: 2, status: "planned", title: "Suspend", selection: "chosen one by one" });
    expect(await slugs((await plan(as("owner"), "suspend", { tenants: [b?.id] })).id)).toEqual([b?.slug]);
  });

  test("by a filter is what the list shows for it, less what is excepted", async () => {
    await makeRows(control.serverId, "free", 3, { plan: "free" });
    await makeRows(control.serverId, "big", 3, { plan: "enterprise" });
    const but = (await tenants()).find(({ slug }) => slug === "free000002")?.id;
    const run = await plan(as("owner"), "suspend", { filter: { plan: ["free"] }, except: [but] });
    expect(await slugs(run.id)).toEqual(["free000001", "free000003"]);
    expect(run.selection).toBe("plan free, without 1 that were left out");
    expect((await plan(as("owner"), "suspend", { filter: {} })).total).toBe(6);
  });

  test("by a saved filter is what it was when the run was planned, also when it is planned anew", async () => {
    await makeRows(control.serverId, "a", 2, { tags: ["red"] });
    await makeRows(control.serverId, "b", 3, { tags: ["blue"] });
    const saved = await perform(saveFilter, as("owner"), { name: "Colour", filter: { tag: ["red"] } });
    const run = await plan(as("owner"), "suspend", { savedFilter: saved.id });
    expect(await slugs(run.id)).toEqual(["a000001", "a000002"]);
    expect(run.selection).toBe('the saved filter "Colour": tag red');
    await perform(saveFilter, as("owner"), { name: "Colour", filter: { tag: ["blue"] } });
    expect((await perform(replanRun, as("owner"), { id: run.id })).total).toBe(2);
    await expect(plan(as("owner"), "suspend", { savedFilter: newId(new Date()) })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  test("is one of the three, and takes no name that it does not know", async () => {
    await makeRows(control.serverId, "t", 1);
    const [tenant] = await tenants();
    const wrong = [
      {},
      { tenants: [tenant?.id], filter: {} },
      { filter: {}, savedFilter: tenant?.id },
      { filter: { statuses: ["active"] } },
      { filter: {}, excepted: [] },
      { filter: {}, input: { reasons: "x" } },
      { filter: {}, options: { canry: null } },
    ];
    for (const input of wrong)
      await expect(plan(as("owner"), "suspend", input), JSON.stringify(input)).rejects.toMatchObject({
        code: "invalid",
        fields: expect.anything(),
      });
    expect(await controlDb().bulkRun.count()).toBe(0);
  });

  test("reaches only the planner's tenants; an id beyond is not found, and the trail knows", async () => {
    await makeRows(control.serverId, "mine", 2, { tags: ["mine"] });
    await makeRows(control.serverId, "theirs", 2);
    const ctx = program(["tenants:status"], mine);
    expect(await slugs((await plan(ctx, "suspend", { filter: {} })).id)).toEqual(["mine000001", "mine000002"]);
    const all = (await tenants()).map(({ id }) => id);
    const refused = plan(ctx, "suspend", { tenants: [...all, newId(new Date())] });
    await expect(refused).rejects.toThrow("3 of the 5 tenants can't be found.");
    const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
    expect(event).toMatchObject({ operation: "bulk.plan.suspend", outcome: "refused", actor: "key robot" });
    const before = event?.id;
    await expect(plan(as("owner"), "suspend", { tenants: [newId(new Date())] })).rejects.toThrow(/can't be found/);
    expect((await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } }))?.id).toBe(before);
  });
});

describe("a plan", () => {
  test("leaves out what there is nothing to do for, and refuses to be empty", async () => {
    await makeRows(control.serverId, "on", 2);
    await makeRows(control.serverId, "off", 3, { status: "suspended" });
    const run = await plan(as("owner"), "suspend", { filter: {} });
    expect(run.counts).toMatchObject({ pending: 2, skipped: 3 });
    const left = (await items(run.id)).filter(({ status }) => status === "skipped");
    expect(left.map(({ words }) => words)).toEqual(Array(3).fill("It is suspended already."));
    expect(run.radius).toContain("3 more are left out, as the list says why.");
    await expect(plan(as("owner"), "suspend", { filter: { status: ["suspended"] } })).rejects.toThrow(
      "There is nothing to do for 3 tenants. It is suspended already.",
    );
    await expect(plan(as("owner"), "suspend", { filter: { plan: ["none"] } })).rejects.toThrow("No tenant matches.");
    expect(await controlDb().bulkItem.count()).toBe(5);
  });

  test("warns of what the action warns of, another open run, a change just now and figures that are old", async () => {
    await makeRows(control.serverId, "t", 3);
    await measure(2, 1);
    const [a, b, c] = await tenants();
    const other = await plan(as("owner"), "suspend", { tenants: [a?.id], note: "first" });
    await controlDb().bulkRun.update({ where: { id: other.id }, data: { status: "paused" } });
    await controlDb().tenant.updateMany({ where: { id: b?.id ?? "" }, data: { updatedAt: new Date() } });
    await controlDb().tenantUsageLatest.deleteMany({ where: { tenantId: c?.id ?? "" } });
    const run = await plan(as("owner"), "suspend", { filter: {} });
    expect((await items(run.id)).map(({ warnings }) => warnings)).toEqual([
      ["Connections are open and will end", "In another open run: Suspend"],
      ["Connections are open and will end", "Changed in the last ten minutes"],
      ["Never measured: its figures are unknown"],
    ]);
    await controlDb().server.updateMany({ data: { lastTickAt: new Date(Date.now() - 61_000) } });
    const later = await plan(as("owner"), "suspend", { tenants: [b?.id] });
    expect((await items(later.id))[0]?.warnings.at(-1)).toMatch(/figures are stale/);
  });

  test("says in words how far it reaches", async () => {
    await makeRows(control.serverId, "a", 3, { tags: ["some"] });
    await makeRows(control.serverId, "b", 37);
    await measure(2, 1.5);
    const options = { canary: { count: 1 }, pauseAfterCanary: true, concurrency: 4 };
    const run = await plan(as("owner"), "suspend", { filter: { tag: ["some"] }, options });
    expect(run.radius).toEqual([
      "3 of the 40 tenants within reach (7.5 %), on one server.",
      "They have 4.5 requests a second and 6 open connections now.",
      "The canary is one tenant, chosen by chance; then the run waits for a person.",
      "At most 4 are done at the same time on each server.",
      "6 connections that are open now end.",
    ]);
    await controlDb().tenantUsageLatest.deleteMany();
    const unknown = await plan(as("owner"), "suspend", { filter: {} });
    expect(unknown.radius[1]).toBe("How much they are used now is not known.");
  });

  test("may be made by whoever has the action's permission, with or without a second factor", async () => {
    await makeRows(control.serverId, "t", 1);
    await expect(plan(as("viewer"), "suspend", { filter: {} })).rejects.toMatchObject({ code: "forbidden" });
    expect((await plan(program(["tenants:status"]), "suspend", { filter: {} })).plannedBy).toBe("key robot");
  });

  test("is made once, however often it is sent with one Idempotency-Key", async () => {
    await makeRows(control.serverId, "t", 2);
    const ctx = program(["tenants:status"]);
    const send = async () => await plan({ ...ctx, idempotencyKey: "k1" }, "suspend", { filter: {} });
    const [one, other] = await Promise.all([send(), send()]);
    expect(one).toEqual(other);
    expect(await controlDb().bulkRun.count()).toBe(1);
  });
});

describe("the canary", () => {
  const waves = async (canary: unknown, count = 21) => {
    await makeRows(control.serverId, "t", count, { tags: ["all"] });
    await controlDb().tenant.updateMany({ where: { slug: { endsWith: "7" } }, data: { tags: ["canary"] } });
    const run = await plan(as("owner"), "suspend", { filter: {}, options: { canary } });
    const row = await controlDb().bulkRun.findUniqueOrThrow({ where: { id: run.id } });
    return { run, first: (await items(run.id)).filter(({ wave }) => wave === 0), reached: row.wave };
  };

  test("of a number is that many, at the first positions", async () => {
    const { first, reached } = await waves({ count: 4 });
    expect(first.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
    expect(first.map(({ slug }) => slug)).toEqual(first.map(({ slug }) => slug).toSorted());
    expect(reached).toBe(0);
  });

  test("of a share is rounded up, of those that are acted on, and drawn anew for each run", async () => {
    await makeRows(control.serverId, "off", 79, { status: "suspended" });
    const { first, run } = await waves({ percent: 10 });
    expect(first).toHaveLength(3);
    const drawn = new Set<string>();
    for (let round = 0; round < 4; round++) {
      const other = await plan(as("owner"), "suspend", { filter: {}, options: { canary: { percent: 10 } } });
      drawn.add((await slugs(other.id)).slice(0, 3).join());
    }
    expect(drawn.size).toBeGreaterThan(1);
    expect(run.radius.join(" ")).toContain("The canary is 3 tenants, chosen by chance; the rest follows");
  });

  test("of a tag is those that have it; a tag that none has is refused", async () => {
    const { first } = await waves({ tag: "canary" });
    expect(first.map(({ slug }) => slug)).toEqual(["t000007", "t000017"]);
    const none = plan(as("owner"), "suspend", { filter: {}, options: { canary: { tag: "nobody" } } });
    await expect(none).rejects.toMatchObject({ code: "invalid", fields: { "options.canary": expect.anything() } });
  });

  test("may be none: then all are the one wave, which may begin", async () => {
    for (const canary of [null, { count: 0 }]) {
      await controlDb().tenant.deleteMany();
      const { first, reached } = await waves(canary, 3);
      expect([first.length, reached]).toEqual([0, 1]);
    }
  });
});

describe("the digest", () => {
  test("changes with any part of the plan, and not by itself", async () => {
    const { planDigest } = await import("./digest");
    await makeRows(control.serverId, "t", 3);
    const { id, digest } = await plan(as("owner"), "suspend", { filter: {} });
    const run = await controlDb().bulkRun.findUniqueOrThrow({ where: { id } });
    expect(await planDigest(controlDb(), run)).toBe(digest);
    const other = newId(new Date());
    for (const part of [{ action: "block" }, { input: { reason: "x" } }, { options: {} }, { undoOf: other }])
      expect(await planDigest(controlDb(), { ...run, ...part })).not.toBe(digest);
    const key = { runId_position: { runId: id, position: 1 } };
    const before = await controlDb().bulkItem.findUniqueOrThrow({ where: key });
    const parts = [
      ...[{ tenantId: other }, { serverId: other }, { slug: "x" }, { name: "x" }, { tenantVersion: 2 }, { wave: 0 }],
      ...[{ status: "skipped" as const }, { words: "x" }, { saved: { plan: "free" } }, { position: 7 }],
    ];
    for (const part of parts) {
      await controlDb().bulkItem.update({ where: key, data: part });
      expect(await planDigest(controlDb(), run), JSON.stringify(part)).not.toBe(digest);
      await controlDb().bulkItem.deleteMany({ where: { runId: id, tenantId: { in: [before.tenantId, other] } } });
      await controlDb().bulkItem.create({ data: { ...before, saved: undefined, result: undefined } as never });
      expect(await planDigest(controlDb(), run)).toBe(digest);
    }
    await controlDb().bulkItem.delete({ where: key });
    expect(await planDigest(controlDb(), run)).not.toBe(digest);
  });
});
