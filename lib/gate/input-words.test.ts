import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { operation, perform } from "./operation";
import { as } from "./testing";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const asked = operation(
  contract({
    id: "things.list",
    method: "GET",
    path: "/api/tenancy/things",
    summary: "List things.",
    access: "tenants:read",
    scoped: true,
    input: z.object({
      top: z.coerce.number().int().min(1).max(100).default(10),
      text: z.string().min(1).max(3).default("a"),
      list: z.array(z.string()).max(2).default([]),
      at: z.iso.datetime().optional(),
      id: z.uuid().optional(),
      own: z.uuid("This is no thing's id.").optional(),
    }),
    output: z.object({}),
  }),
  async () => ({}),
);

const words = async (input: object) =>
  await perform(asked, as("viewer"), input).then(
    () => "taken",
    (error: { fields: Record<string, string> }) => Object.values(error.fields).join(" "),
  );

test("what is wrong with a field is said in plain words, a contract's own first", async () => {
  expect(await words({ top: 0 })).toBe("This must be 1 or more.");
  expect(await words({ top: "101" })).toBe("This must be 100 or less.");
  expect(await words({ top: 1.5 })).toBe("This must be a whole number.");
  expect(await words({ top: "many" })).toBe("This must be a number.");
  expect(await words({ text: "" })).toBe("Use at least 1 character.");
  expect(await words({ text: "four" })).toBe("Use at most 3 characters.");
  expect(await words({ list: ["a", "b", "c"] })).toBe("Choose at most 2.");
  expect(await words({ at: "yesterday" })).toBe("Write a time with its zone, such as 2026-01-31T12:00:00Z.");
  expect(await words({ id: "x" })).toBe("This is not an id.");
  expect(await words({ own: "x" })).toBe("This is no thing's id.");
  expect(await words({ top: "7" })).toBe("taken");
});
