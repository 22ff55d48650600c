import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { builtInRoles } from "@/lib/kernel/permissions";
import { everything } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { editFilter } from "./edit-filter";
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

type Somebody = "operator" | "viewer" | "admin";
const ids = { operator: newId(new Date()), viewer: newId(new Date()), admin: newId(new Date()) };

/** Somebody with an id of their own. */
function somebody(role: Somebody) {
  const { permissions } = builtInRoles[role];
  const person = { id: ids[role], name: role, email: `${role}@example.com`, role, sessionId: ids[role] };
  return as(role, { actor: { kind: "user", ...person, secondFactor: true, permissions, scope: everything } });
}

const save = async (who: Somebody, name: string, filter: object) =>
  await perform(saveFilter, somebody(who), { name, filter });

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
  await expect(perform(removeFilter, somebody("viewer"), { id })).rejects.toMatchObject({ code: "forbidden" });
  const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({ operation: "filters.remove", outcome: "refused", target: id });
  expect(await save("admin", "Ours", { plan: ["business"] })).toMatchObject({ createdBy: "operator@example.com" });
  expect(await perform(removeFilter, somebody("operator"), { id })).toEqual({ id });
  await expect(perform(removeFilter, somebody("admin"), { id })).rejects.toMatchObject({ code: "not_found" });
});

test("two API keys of one name don't own each other's filters", async () => {
  const robot = () => {
    const key = { kind: "key", id: newId(new Date()), name: "robot", prefix: "p", rateLimit: null } as const;
    return as("nobody", { actor: { ...key, permissions: ["tenants:read"], scope: everything } });
  };
  const [one, other] = [robot(), robot()];
  const { id } = await perform(saveFilter, one, { name: "Theirs", filter: { plan: ["free"] } });
  await expect(perform(saveFilter, other, { name: "Theirs", filter: {} })).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(removeFilter, other, { id })).rejects.toMatchObject({ code: "forbidden" });
  expect(await perform(removeFilter, one, { id })).toEqual({ id });
});

test("a filter gets another name, unless it is another's, by who made it", async () => {
  const { id } = await save("operator", "Mine", { plan: ["free"] });
  await save("viewer", "Theirs", {});
  const edit = (who: Somebody, input: object) => perform(editFilter, somebody(who), { id, ...input });
  await expect(edit("viewer", { name: "Stolen" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(edit("operator", { name: "Theirs" })).rejects.toMatchObject({
    ...{ code: "conflict", fields: { name: "Another filter has this name." } },
  });
  expect(await edit("operator", { name: "Ours" })).toMatchObject({ name: "Ours", filter: { plan: ["free"] } });
  expect(await edit("admin", { filter: { plan: ["business"] } })).toMatchObject({
    ...{ name: "Ours", createdBy: "operator@example.com", filter: { plan: ["business"] } },
  });
});
