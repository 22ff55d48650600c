import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { tenantLimit } from "@/lib/forecast/limits";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { filledSize } from "@/sample/past";
import { demoTenants } from "@/sample/shapes";
import { loadDemo } from "./load-demo";
import { demoSettings } from "./load-tenants";
import { removeDemo } from "./remove-demo";
import { stepsOf } from "./rules";
import { showDemo } from "./show-demo";
import { markDemo } from "./testing-demo";
import { keepTraffic, wantsTraffic } from "./traffic";

let control: TestControl;
const load = (who: Parameters<typeof as>[0] = "owner") => perform(loadDemo, as(who), {});
const remove = () => perform(removeDemo, as("system"), {});
const some = { kind: "plan" as const, values: ["free"] };

beforeAll(async () => {
  control = await testControl();
});
beforeEach(async () => {
  await control.sql("TRUNCATE demo_fleet, demo_tenants, demo_runs");
  await keepTraffic(controlDb(), true);
});
afterAll(async () => {
  await control.close();
});

test("it is loaded once asked for, and asking again changes nothing", async () => {
  expect(await perform(showDemo, as("viewer"), {})).toMatchObject({ state: "none", steps: [], hindrance: null });
  const begun = await load();
  expect(begun).toMatchObject({ state: "loading", by: "owner@example.com", size: 12 });
  expect(begun.steps[0]).toMatchObject({ name: "tenants", status: "running" });
  expect((await load()).since).toBe(begun.since);
});

test("where no sample app runs, or no server takes tenants, it says why and what to do", async () => {
  await keepTraffic(controlDb(), false);
  await expect(load()).rejects.toMatchObject({ code: "conflict", reason: "demo_no_app" });
  expect((await perform(showDemo, as("owner"), {})).hindrance).toContain("npm start -- --demo");
  await keepTraffic(controlDb(), true);
  await controlDb().server.updateMany({ data: { accepting: false } });
  await expect(load()).rejects.toMatchObject({ code: "conflict", reason: "demo_no_server" });
  expect((await perform(showDemo, as("owner"), {})).hindrance).toContain("Servers page");
  await controlDb().server.updateMany({ data: { accepting: true } });
});

test("only who may create and purge every tenant loads or removes it", async () => {
  for (const who of ["operator", "analyst", "auditor", "viewer"] as const) {
    await expect(load(who)).rejects.toMatchObject({ code: "forbidden" });
    await expect(perform(removeDemo, as(who), {})).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(load("nobody")).rejects.toMatchObject({ code: "unauthenticated" });
  const scoped = as("owner", { scope: some });
  await expect(perform(loadDemo, scoped, {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(removeDemo, scoped, {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(showDemo, scoped, {})).rejects.toMatchObject({ code: "forbidden" });
  const purger = as("owner");
  Object.assign(purger.actor, { permissions: ["tenants:read", "tenants:purge"] });
  await expect(perform(loadDemo, purger, {})).rejects.toMatchObject({ code: "forbidden" });
  expect((await perform(showDemo, as("owner"), {})).state).toBe("none");
});

test("removing takes the second factor of a person", async () => {
  await load();
  await expect(perform(removeDemo, as("owner"), {})).rejects.toMatchObject({ reason: "step_up_required" });
  expect((await perform(showDemo, as("owner"), {})).state).toBe("loading");
  expect((await remove()).state).toBe("removing");
  await expect(load()).rejects.toMatchObject({ code: "conflict" });
});

test("removing what was never loaded does nothing", async () => {
  expect(await remove()).toMatchObject({ state: "none", steps: [] });
});

test("it names its own tenants, and the slugs that others have", async () => {
  const own = await control.makeTenant("paperkite");
  await control.makeTenant("tidewater");
  await markDemo([own]);
  const shown = await perform(showDemo, as("owner"), {});
  expect(shown.tenants.map(({ slug }) => slug)).toEqual(["paperkite"]);
  expect(shown.leftOut).toEqual(["tidewater"]);
  expect(await wantsTraffic(controlDb())).toBe(true);
  await control.sql("UPDATE tenants SET deleted_at = now() WHERE id = $1", [own.id]);
  expect(await wantsTraffic(controlDb())).toBe(false);
});

test("steps are told one after the other", () => {
  expect(stepsOf("removing", "databases").map(({ status }) => status)).toEqual(["done", "running", "waiting"]);
  expect(stepsOf("loading", null)[0]?.status).toBe("running");
  expect(stepsOf("loaded", null)).toEqual([]);
});

test("some demo tenants have a limit of storage that they have not reached when they begin", () => {
  const limited = demoTenants.flatMap((tenant) => {
    const found = tenantLimit(demoSettings(tenant), "storage");
    return found ? [{ limit: found.limit, size: filledSize(tenant) }] : [];
  });
  expect(limited).toHaveLength(3);
  for (const { limit, size } of limited) expect(size).toBeLessThan(limit);
});
