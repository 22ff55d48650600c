import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { actorId } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import type { Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { actions } from "./actions";
import { confirmRun } from "./confirm-run";
import { itemLog } from "./item-log";
import { listActions } from "./list-actions";
import { listItems } from "./list-items";
import { listRuns } from "./list-runs";
import type { RunView } from "./shapes";
import { showRun } from "./show-run";
import { makeRows, plan, program } from "./testing-plan";
import { receive } from "./upload-file";

const exports = mkdtempSync(join(tmpdir(), "tenantry-reads-"));
vi.stubEnv("EXPORT_DIR", exports);

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await control.close();
  rmSync(exports, { recursive: true });
});
beforeEach(async () => {
  await controlDb().bulkItemLog.deleteMany();
  await controlDb().bulkItem.deleteMany();
  await controlDb().bulkRun.deleteMany();
  await controlDb().tenant.deleteMany();
  await makeRows(control.serverId, "t", 8, { tags: ["mine"] });
  await makeRows(control.serverId, "off", 2, { tags: ["mine"], status: "suspended" });
});

const owner = () => as("owner");
const mine: Scope = { kind: "tag", values: ["mine"] };
const confirmed = async (options: object = {}): Promise<RunView> => {
  const run = await plan(owner(), "suspend", { filter: {}, options });
  const key = program(["bulk:confirm", "tenants:status"]);
  return await perform(confirmRun, key, { id: run.id, digest: run.digest });
};

describe("the actions", () => {
  test("come with the shape of their input, and whether the caller may plan them", async () => {
    const listed = (await perform(listActions, as("operator"), {})).actions;
    expect(listed.map(({ name }) => name)).toEqual(actions.map(({ name }) => name));
    const suspend = listed.find(({ name }) => name === "suspend");
    expect(suspend).toMatchObject({ allowed: true, permission: "tenants:status", twoPersons: false });
    expect(suspend?.input).toMatchObject({
      type: "object",
      properties: { reason: { type: "string", title: "Reason", default: "", description: expect.any(String) } },
    });
    expect(listed.find(({ name }) => name === "purge")).toMatchObject({ allowed: false, danger: "destructive" });
    expect(listed.find(({ name }) => name === "set-plan")?.input).toMatchObject({
      properties: { plan: { enum: expect.arrayContaining(["starter"]) } },
    });
    expect(JSON.stringify(listed)).not.toContain("$schema");
  });

  const inputs: Record<string, object> = {
    "set-plan": { plan: "business" },
    "set-limits": { connections: 5 },
    tag: { add: ["vip"] },
    rollback: { migration: "20261121163100_page_views" },
  };
  const uploaded = async () => {
    const { sha256 } = await receive(Readable.from([Buffer.from("SELECT 1;")]), actorId(owner().actor));
    return { upload: sha256 };
  };
  test.each(actions.map(({ name }) => name))("%s can be planned, or says why there is nothing to do", async (name) => {
    const input = name === "import-data" ? await uploaded() : (inputs[name] ?? {});
    const planned = await plan(owner(), name, { filter: {}, input }).catch((error) => error);
    if (planned.reason !== "nothing_to_do") expect(planned).toMatchObject({ action: name, status: "planned" });
    else expect(planned.message).toMatch(/There is nothing to do for 10 tenants\. .+\./);
  });
});

describe("the list of runs", () => {
  test("is newest first, page by page, by status, action and tenant", async () => {
    const [a, b, c] = [await confirmed(), await plan(owner(), "vacuum", { filter: {} }), await confirmed()];
    const first = await perform(listRuns, owner(), { limit: 2 });
    expect(first.runs.map(({ id }) => id)).toEqual([c.id, b.id]);
    const second = await perform(listRuns, owner(), { limit: 2, cursor: first.next ?? "" });
    expect(second).toMatchObject({ runs: [{ id: a.id, counts: { pending: 8, skipped: 2 } }], next: null });
    const ids = async (input: object) => (await perform(listRuns, owner(), input)).runs.map(({ id }) => id);
    expect(await ids({ status: ["planned"] })).toEqual([b.id]);
    expect(await ids({ action: ["suspend"] })).toEqual([c.id, a.id]);
    const tenant = await controlDb().tenant.findFirstOrThrow({ where: { slug: "t000001" } });
    await controlDb().bulkItem.deleteMany({ where: { runId: c.id, tenantId: tenant.id } });
    expect(await ids({ tenant: tenant.id })).toEqual([b.id, a.id]);
  });

  test("has no run whose scope goes beyond the reader's, nor is there one to look into", async () => {
    const wide = await plan(owner(), "suspend", { filter: {} });
    const narrow = await plan(program(["tenants:status"], mine), "suspend", { filter: {} });
    const reader = as("owner", { scope: { kind: "tag", values: ["mine", "more"] } });
    expect((await perform(listRuns, reader, {})).runs.map(({ id }) => id)).toEqual([narrow.id]);
    expect((await perform(showRun, reader, { id: narrow.id })).total).toBe(10);
    for (const scope of [
      { kind: "tag", values: ["other"] },
      { kind: "region", values: ["local"] },
    ] as Scope[])
      expect((await perform(listRuns, as("owner", { scope }), {})).runs).toEqual([]);
    await expect(perform(showRun, reader, { id: wide.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(perform(listItems, reader, { id: wide.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(perform(itemLog, reader, { id: wide.id, position: 0 })).rejects.toMatchObject({ code: "not_found" });
    const told = await controlDb().auditEvent.findMany({ orderBy: { id: "desc" }, take: 3 });
    expect(told.map(({ operation, target }) => [operation, target])).toEqual([
      ["bulk.itemLog", wide.id],
      ["bulk.items", wide.id],
      ["bulk.show", wide.id],
    ]);
    const tenant = await controlDb().tenant.findFirstOrThrow();
    const stranger = as("owner", { scope: { kind: "tag", values: ["other"] } });
    await expect(perform(listRuns, stranger, { tenant: tenant.id })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a run's page", () => {
  test("has its waves, grouped warnings and how fast it goes", async () => {
    const run = await confirmed({ canary: { count: 2 } });
    const at = (ms: number) => new Date(Date.now() - ms);
    const items = { runId: run.id, wave: 0 };
    const times = { startedAt: at(9000), finishedAt: at(5000) };
    await controlDb().bulkItem.updateMany({ where: items, data: { status: "done", saved: {}, ...times } });
    await controlDb().bulkRun.update({ where: { id: run.id }, data: { startedAt: at(10_000) } });
    const shown = await perform(showRun, owner(), { id: run.id });
    expect(shown.waves).toMatchObject([
      { name: "Canary", total: 2, state: "done", counts: { done: 2 } },
      { name: "The rest", total: 8, state: "waiting", counts: { pending: 6, skipped: 2 } },
    ]);
    expect(shown.warnings).toEqual([{ words: "Never measured: its figures are unknown", tenants: 8 }]);
    expect(shown.perSecond).toBeCloseTo(0.2, 1);
    expect(shown).toMatchObject({ secondsLeft: 4, undoable: 2, stale: 0, waitsFor: [], mayConfirm: true });
  });

  test("tells for which earlier runs it waits, without naming those beyond the reader", async () => {
    const first = await confirmed();
    const key = program(["tenants:status", "bulk:confirm", "bulk:read"], mine);
    const second = await plan(key, "block", { filter: {} });
    await perform(confirmRun, key, { id: second.id, digest: second.digest });
    const waits = async (ctx = owner()) => (await perform(showRun, ctx, { id: second.id })).waitsFor;
    expect(await waits()).toEqual([{ run: first.id, title: "Suspend", tenants: 8 }]);
    expect((await waits(key))[0]?.title).toBe("A run beyond your reach");
    expect((await perform(showRun, owner(), { id: first.id })).waitsFor).toEqual([]);
    await controlDb().bulkRun.update({ where: { id: first.id }, data: { status: "paused" } });
    expect(await waits()).toEqual([]);
  });

  test("tells by which newest run it is undone, once that began or may begin", async () => {
    const run = await confirmed();
    const data = { action: "suspend", digest: "", plannedBy: "x", input: { reason: "" }, options: {}, radius: [] };
    const [old, given] = [newId(new Date()), newId(new Date(Date.now() + 5))];
    const undo = { ...data, undoOf: run.id, selection: { undoOf: run.id } };
    await controlDb().bulkRun.create({ data: { ...undo, id: old, status: "finished", startedAt: new Date() } });
    await controlDb().bulkRun.create({ data: { ...undo, id: given, status: "cancelled" } });
    expect((await perform(showRun, owner(), { id: run.id })).undoneBy).toBe(old);
    await controlDb().bulkRun.update({ where: { id: given }, data: { status: "planned" } });
    expect((await perform(showRun, owner(), { id: run.id })).undoneBy).toBe(given);
  });
});

describe("the items", () => {
  const list = async (id: string, input: object = {}, ctx = owner()) => await perform(listItems, ctx, { id, ...input });

  test("come page by page, and by status, wave, warning and search", async () => {
    const run = await plan(owner(), "suspend", { filter: {}, options: { canary: { count: 3 } } });
    const first = await list(run.id, { limit: 6 });
    expect(first).toMatchObject({ total: 10, next: expect.any(String) });
    const second = await list(run.id, { limit: 6, cursor: first.next });
    expect([...first.items, ...second.items].map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(second.next).toBeNull();
    expect((await list(run.id, { position: 7 })).items.map(({ position }) => position)).toEqual([7]);
    const count = async (input: object) => (await list(run.id, input)).total;
    expect(await count({ status: ["skipped"] })).toBe(2);
    expect(await count({ status: ["pending", "skipped"] })).toBe(10);
    expect(await count({ wave: 0 })).toBe(3);
    expect(await count({ warned: "true" })).toBe(8);
    expect(await count({ warned: "false" })).toBe(2);
    expect(await count({ search: "OFF" })).toBe(2);
    expect(await count({ search: "t 8" })).toBe(1);
    expect(await count({ search: "_" })).toBe(0);
    expect((await list(run.id, { status: ["skipped"] })).items[0]).toMatchObject({
      ...{ words: "It is suspended already.", undoable: false, file: null, warnings: [] },
      tenant: { slug: "off000001", name: "off 1" },
    });
  });

  test("come in the order asked for, what has not begun last", async () => {
    const run = await plan(owner(), "suspend", { filter: {} });
    const positions = async (input: object) => (await list(run.id, input)).items.map(({ position }) => position);
    expect(await positions({ order: "desc" })).toEqual((await positions({})).reverse());
    const bySlug = (await list(run.id, { sort: "slug", order: "desc" })).items.map(({ tenant }) => tenant.slug);
    expect(bySlug).toEqual([...bySlug].sort().reverse());
    for (const [position, minute] of [
      [4, 2],
      [2, 1],
    ] as const)
      await controlDb().bulkItem.update({
        where: { runId_position: { runId: run.id, position } },
        data: { finishedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)) },
      });
    expect((await positions({ sort: "finishedAt" })).slice(0, 3)).toEqual([2, 4, 0]);
    expect((await positions({ sort: "finishedAt", order: "desc" })).slice(0, 3)).toEqual([4, 2, 9]);
  });

  test("hide the tenants that have left the reader's scope since", async () => {
    const run = await plan(program(["tenants:status"], mine), "suspend", { filter: {} });
    await controlDb().tenant.updateMany({ where: { slug: "t000002" }, data: { tags: ["theirs"] } });
    const reader = as("owner", { scope: mine });
    const seen = await list(run.id, {}, reader);
    expect(seen.total).toBe(9);
    expect(seen.items.map(({ tenant }) => tenant.slug)).not.toContain("t000002");
    const all = await list(run.id);
    const hidden = all.items.find(({ tenant }) => tenant.slug === "t000002")?.position;
    await expect(perform(itemLog, reader, { id: run.id, position: hidden })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await perform(itemLog, owner(), { id: run.id, position: hidden })).lines).toEqual([]);
  });

  test("have what happened to each, in order, and what it left to be fetched", async () => {
    const run = await confirmed();
    const line = { runId: run.id, position: 1, level: "info", at: new Date() };
    await controlDb().bulkItemLog.createMany({
      data: [
        { ...line, attempt: 1, message: "first" },
        { ...line, attempt: 2, level: "error", message: "second" },
        { ...line, position: 2, attempt: 1, message: "another's" },
      ],
    });
    const { lines } = await perform(itemLog, owner(), { id: run.id, position: 1 });
    expect(lines.map(({ attempt, message }) => [attempt, message])).toEqual([
      [1, "first"],
      [2, "second"],
    ]);
    const key = { runId_position: { runId: run.id, position: 0 } };
    const result = { file: { name: "a.sql.gz", bytes: 12, secret: "x" } };
    await controlDb().bulkItem.update({ where: key, data: { status: "done", saved: {}, result } });
    expect((await list(run.id, { status: ["done"] })).items[0]).toMatchObject({
      ...{ undoable: true, file: { name: "a.sql.gz", bytes: 12 } },
    });
    await expect(perform(itemLog, owner(), { id: run.id, position: 99 })).rejects.toMatchObject({ code: "not_found" });
  });
});
