import { describe, expect, test } from "vitest";
import { z } from "zod";
import { choiceLabel, inputWords, jsonFields, jsonInput } from "./json-fields";

const schema = z.toJSONSchema(
  z.object({
    plan: z.enum(["starter", "business"]).meta({ title: "Plan" }),
    maxConnections: z.int().min(1).max(500).nullable().optional(),
    reason: z.string().default("").meta({ description: "shown with the status" }),
    full: z.boolean().default(true),
    add: z.array(z.string()).default([]),
    limits: z.record(z.string(), z.unknown()).optional(),
    until: z.iso.datetime().nullable().default(null),
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
      ["until", "time", false, true],
    ]);
  });

  test("calls fields as the action does, or by their names spelled out", () => {
    expect(fields.slice(0, 3).map(({ label }) => label)).toEqual(["Plan", "Max connections", "Reason"]);
  });

  test("knows bounds and what is filled in at first", () => {
    expect(fields[1]).toMatchObject({ whole: true, min: 1, max: 500, initial: "" });
    expect(fields.map(({ initial }) => initial)).toEqual(["", "", "", true, [], "", ""]);
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

describe("an input in words", () => {
  test("calls its parts as the form does, and leaves out what is empty", () => {
    const input = { plan: "business", maxConnections: null, reason: "", full: false, add: ["vip", "eu"], old: 7 };
    expect(inputWords(fields, input)).toEqual([
      { label: "Plan", words: "Business" },
      { label: "Max connections", words: "none" },
      { label: "Full", words: "no" },
      { label: "Add", words: "vip, eu" },
      { label: "Old", words: "7" },
    ]);
  });

  test("an empty field says what is taken instead, where its description does", () => {
    const upTo = z.string().optional().describe("the last migration to apply; the newest unless told");
    const [field] = jsonFields(z.toJSONSchema(z.object({ upTo }), { io: "input" }));
    expect(field).toMatchObject({ unlessTold: "The newest", optional: true });
    expect(fields[2]).toMatchObject({ unlessTold: null, optional: false });
  });

  test("a choice that is a word gets a capital, a name stays as it is", () => {
    expect(["business", "20261121163100_page_views"].map(choiceLabel)).toEqual([
      "Business",
      "20261121163100_page_views",
    ]);
  });
});
