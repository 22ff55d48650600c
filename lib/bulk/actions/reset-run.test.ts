import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import type { TestTenant } from "@/lib/platform/testing";
import { findAction } from "../actions";
import type { RunView } from "../shapes";
import { person, plan } from "../testing-plan";
import { itemsOf, makeRun, workUntilRest } from "../testing-runs";
import { act, testWork } from "../testing-work";
import { reset } from "./reset";
import { ResetSite } from "./testing-reset";

let site: ResetSite;
let tenant: TestTenant;
beforeAll(async () => {
  site = await ResetSite.open();
});
afterAll(() => site.control.close());
beforeEach(async () => {
  tenant = await site.shop();
});

describe("a run", () => {
  const runOf = async () => await makeRun([tenant], { action: "reset" });

  test("resets and tells the timeline; the item remembers nothing beyond its end", async () => {
    const id = await runOf();
    expect(await workUntilRest(id, findAction)).toBe("finished");
    const { items } = await itemsOf(id);
    expect(items[0]).toMatchObject({ status: "done", saved: null });
    const told = await controlDb().tenantActivity.findFirst({
      where: { tenantId: tenant.id, activityType: "database_reset" },
    });
    expect(told?.actor).toBe("ada@example.com");
  });

  test.each(["deleted", "deleting"] as const)("leaves the data of a tenant that is %s meanwhile", async (status) => {
    const held = await site.contents(tenant);
    const id = await runOf();
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { status } });
    await workUntilRest(id, findAction);
    const { items } = await itemsOf(id);
    expect(items[0]).toMatchObject(status === "deleted" ? { status: "failed" } : { status: "skipped" });
    expect(await site.contents(tenant)).toEqual(held);
    expect(await site.databases(tenant)).toEqual([tenant.database]);
  });

  test("that is deleted in the very middle of it: the old data stays, what was made goes", async () => {
    const held = await site.contents(tenant);
    const work = await testWork(site.control, tenant.id);
    const remember = async () => {
      await controlDb().tenant.update({ where: { id: tenant.id }, data: { status: "deleted" } });
    };
    await expect(act(reset, { ...work, remember })).rejects.toThrow(/it was deleted; restore it first/);
    expect(await site.contents(tenant)).toEqual(held);
    expect(await site.databases(tenant)).toEqual([tenant.database]);
  });
});

describe("its plan", () => {
  const planned = async (): Promise<RunView> => await plan(await person(), "reset", { tenants: [tenant.id] });
  const item = async ({ id }: RunView) => (await itemsOf(id)).items[0];

  test("warns of when the tenant was last exported, and how large that is", async () => {
    expect((await item(await planned()))?.warnings).toContain("It was never exported");
    const at = new Date(Date.now() - 3 * 86_400_000 - 60_000);
    const exported = await makeRun([tenant], { action: "export-data" });
    await controlDb().bulkItem.updateMany({
      where: { runId: exported },
      data: { status: "done", finishedAt: at, result: { file: { name: "a-0.sql.gz", bytes: 2_097_152 } } },
    });
    const stamp = at.toISOString().slice(0, 16).replace("T", " ");
    expect((await item(await planned()))?.warnings).toContain(
      `Its last export is of ${stamp} UTC, 3 days old, 2048 kB`,
    );
  });

  test("leaves out adopted databases, and those that go; what slips through is refused", async () => {
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { adopted: true } });
    await expect(planned()).rejects.toThrow("Its database was adopted: it is its owner's to make anew.");
    await expect(site.reset(tenant)).rejects.toThrow(/was adopted/);
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { adopted: false, status: "deleted" } });
    await expect(planned()).rejects.toThrow("It was deleted; restore it first.");
  });

  test("is for those who may reset, and says what goes", async () => {
    const [owner, operator] = [await person(), await person("operator")];
    await expect(plan(operator, "reset", { tenants: [tenant.id] })).rejects.toMatchObject({ code: "forbidden" });
    const run = await plan(owner, "reset", { tenants: [tenant.id] });
    expect(run).toMatchObject({ danger: "destructive", undoable: 0 });
    expect(run.radius.join(" ")).toContain("Everything in their databases is dropped. This can't be undone.");
  });

  test("of one made by a scoped key reaches its tenants alone", async () => {
    const scoped = await person("owner", { kind: "tag", values: ["mine"] });
    await expect(plan(scoped, "reset", { tenants: [tenant.id] })).rejects.toMatchObject({ code: "invalid" });
  });
});
