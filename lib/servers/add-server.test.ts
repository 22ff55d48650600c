import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { serverAccess } from "./access";
import { addServer } from "./add-server";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const add = (input: Record<string, unknown>) => {
  const { host, port, adminUser, adminPassword } = control.access;
  return perform(addServer, as("system"), {
    name: "second",
    region: "eu",
    host,
    port,
    adminUser,
    adminPassword,
    ...input,
  });
};

test.each([
  ["a wrong password", { adminPassword: "wrong" }, "adminPassword"],
  ["a port where nothing listens", { port: 1 }, "port"],
  ["a database that does not exist", { adminDatabase: "no_such" }, "adminDatabase"],
  ["no name", { name: " " }, "name"],
])("%s is told at its field and nothing is added", async (_, input, field) => {
  const before = await controlDb().server.count();
  const error = await add(input).catch((reason) => reason);
  expect(error).toMatchObject({ code: "invalid" });
  expect(Object.keys(error.fields)).toEqual([field]);
  expect(await controlDb().server.count()).toBe(before);
});

test("a role that may not make databases is refused", async () => {
  await control.sql("CREATE ROLE weak LOGIN PASSWORD 'weak'", [], "postgres");
  await expect(add({ adminUser: "weak", adminPassword: "weak" })).rejects.toMatchObject({
    fields: { adminUser: expect.any(String) },
  });
  await control.sql("DROP ROLE weak", [], "postgres");
});

test("a server is added with its version, and its password is sealed", async () => {
  const view = await add({});
  expect(view).toMatchObject({ name: "second", state: "new", tenants: 0 });
  expect(view.version).toMatch(/^\d+/);
  const row = await controlDb().server.findUniqueOrThrow({ where: { id: view.id } });
  expect(row.adminSecret).not.toContain(control.access.adminPassword);
  expect((await serverAccess(row)).adminPassword).toBe(control.access.adminPassword);
  const audit = await controlDb().auditEvent.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(JSON.stringify(audit.input)).not.toContain(control.access.adminPassword);
  await expect(add({})).rejects.toMatchObject({ code: "conflict", fields: { name: expect.any(String) } });
});
