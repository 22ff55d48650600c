import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalog } from "@/lib/catalog";
import { contracts } from "@/lib/contracts";
import { refuse } from "@/lib/gate/access";
import { type AnyOperation, type Operation, perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { accessTable, askers, readAccessTable, verdict } from "./access-table";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const table = readAccessTable(readFileSync("docs/access.md", "utf8"));

test("docs/access.md has a row for every operation, and for nothing else (npm run access-table)", () => {
  expect([...table.keys()].sort()).toEqual(contracts.map(({ id }) => id).sort());
  for (const row of table.values()) expect([...row.keys()]).toEqual(Object.keys(askers));
  expect(readFileSync("docs/access.md", "utf8")).toContain(accessTable(contracts));
});

/** What an operation answers with no sensible input: only whether it got past the permission matters here. */
async function outcome(op: AnyOperation, name: string): Promise<string> {
  const actor = askers[name] ?? { kind: "nobody" };
  const ctx = as("nobody", { actor, ipAddress: null });
  const error = await perform(op as Operation, ctx, { id: "not-an-id", token: "x" }).then(
    () => undefined,
    (reason) => reason,
  );
  if (error?.code === "unauthenticated") return "401";
  return error?.code === "forbidden" && error.reason !== "step_up_required" ? "403" : "yes";
}

describe.each(Object.keys(askers))("as %s", (name) => {
  test.each(catalog.map((op) => [op.contract.id, op] as const))("%s", async (id, op) => {
    expect(await outcome(op, name)).toBe(table.get(id)?.get(name));
  });

  test.each(
    contracts.filter(({ id }) => !catalog.some((op) => op.contract.id === id)).map((one) => [one.id, one] as const),
  )("%s, which has a door of its own", (id, one) => {
    expect(verdict(one, askers[name] ?? { kind: "nobody" })).toBe(table.get(id)?.get(name));
  });
});

test("a role without a permission is refused with the permission's name, and the refusal is in the audit trail", async () => {
  const remove = catalog.find((op) => op.contract.id === "tenants.remove") as Operation;
  const wanted = { id: "0199aaaa-0000-7000-8000-000000000001", confirm: "x" };
  // Somebody who was not refused before: the trail takes so many refusals a minute of one person.
  const ctx = as("viewer");
  if (ctx.actor.kind === "user") ctx.actor.id = newId(ctx.now());
  await expect(perform(remove, ctx, wanted)).rejects.toThrow(/tenants:delete/);
  const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({
    operation: "tenants.remove",
    outcome: "refused",
    actor: "viewer@example.com",
    target: wanted.id,
    ipAddress: "127.0.0.1",
  });
});

test("a role that is not known has no permission at all", () => {
  const [list] = contracts.filter(({ id }) => id === "tenants.list");
  const ghost = { ...as("viewer").actor, permissions: [] };
  expect(list && refuse(list, ghost as never)?.code).toBe("forbidden");
});
