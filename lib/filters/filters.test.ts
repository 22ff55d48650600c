import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { listFilters } from "./list-filters";
import { removeFilter } from "./remove-filter";
import { saveFilter } from "./save-filter";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await controlDb().savedFilter.deleteMany();
});

const save = async (who: "operator" | "viewer" | "admin", name: string, filter: object) =>
  await perform(saveFilter, as(who), { name, filter });

test("a saved filter is seen by all, whole, in order of the names", async () => {
  await save("operator", "Old", { status: ["suspended"] });
  const saved = await save("viewer", "Big", { plan: ["enterprise"], search: "shop" });
  expect(saved).toMatchObject({ name: "Big", createdBy: "viewer@example.com", filter: { status: [], tag: [] } });
  const { filters } = await perform(listFilters, as("analyst"), {});
  expect(filters.map(({ name }) => name)).toEqual(["Big", "Old"]);
  expect(filters[0]).toEqual(saved);
  await expect(save("viewer", "Typo", { statuses: ["active"] })).rejects.toMatchObject({ code: "invalid" });
});

test("the same name again replaces one's own, and keeps its id", async () => {
  const first = await save("operator", "Mine", { plan: ["free"] });
  const second = await save("operator", "Mine", { plan: ["business"] });
  expect(second).toMatchObject({ id: first.id, filter: { plan: ["business"] } });
  const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({ before: { filter: { plan: ["free"] } }, after: { filter: { plan: ["business"] } } });
});

test("only its maker, or who may change roles, replaces or removes a filter; the trail has the others", async () => {
  const { id } = await save("operator", "Ours", { plan: ["free"] });
  await expect(save("viewer", "Ours", {})).rejects.toMatchObject({
    code: "forbidden",
    fields: { name: expect.stringContaining("operator") },
  });
  await expect(perform(removeFilter, as("viewer"), { id })).rejects.toMatchObject({ code: "forbidden" });
  const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({ operation: "filters.remove", outcome: "refused", target: id });
  expect(await save("admin", "Ours", { plan: ["business"] })).toMatchObject({ createdBy: "operator@example.com" });
  expect(await perform(removeFilter, as("operator"), { id })).toEqual({ id });
  await expect(perform(removeFilter, as("admin"), { id })).rejects.toMatchObject({ code: "not_found" });
});
