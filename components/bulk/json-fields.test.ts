import { describe, expect, test } from "vitest";
import { z } from "zod";
import { jsonFields, jsonInput } from "./json-fields";

const schema = z.toJSONSchema(
  z.object({
    plan: z.enum(["starter", "business"]).meta({ title: "Plan" }),
    maxConnections: z.int().min(1).max(500).nullable().optional(),
    reason: z.string().default("").meta({ description: "shown with the status" }),
    full: z.boolean().default(true),
    add: z.array(z.string()).default([]),
    limits: z.record(z.string(), z.unknown()).optional(),
  }),
  { io: "input" },
);
const fields = jsonFields(schema);

describe("an action's form", () => {
  test("has a field for each part of the input, of the right kind", () => {
    expect(fields.map(({ name, kind, required, nullable }) => [name, kind, required, nullable])).toEqual([
      ["plan", "choice", true, false],
      ["maxConnections", "number", false, true],
      ["reason", "text", false, false],
      ["full", "boolean", false, false],
      ["add", "words", false, false],
      ["limits", "json", false, false],
    ]);
  });

  test("calls fields as the action does, or by their names spelled out", () => {
    expect(fields.slice(0, 3).map(({ label }) => label)).toEqual(["Plan", "Max connections", "Reason"]);
  });

  test("knows bounds and what is filled in at first", () => {
    expect(fields[1]).toMatchObject({ whole: true, min: 1, max: 500, initial: "" });
    expect(fields.map(({ initial }) => initial)).toEqual(["", "", "", true, [], ""]);
  });

  test("sends nothing where nothing was filled in, and null where that was chosen", () => {
    const values = Object.fromEntries(fields.map(({ name, initial }) => [name, initial]));
    expect(jsonInput(fields, values)).toEqual({ full: true, add: [] });
    expect(jsonInput(fields, { ...values, maxConnections: null, limits: '{"a":1}' })).toEqual({
      maxConnections: null,
      full: true,
      add: [],
      limits: { a: 1 },
    });
    expect(jsonInput(fields, { ...values, limits: "{a" })).toMatchObject({ limits: "{a" });
  });
});
