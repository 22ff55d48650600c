import { expect, test } from "vitest";
import { z } from "zod";
import { period } from "@/lib/history/shapes";
import { choiceErrors, choiceOf, filtersOf, inputOf, rangesOf, takenBy } from "./choice";

const shape = z.object({
  range: period.range.default("30d"),
  from: period.from,
  to: period.to,
  tz: period.tz,
  width: period.width,
  search: z.string().default(""),
  status: z.array(z.enum(["active", "blocked"])).default([]),
  tag: z.array(z.string()).default([]),
  server: z.uuid().optional(),
  tenant: z.array(z.uuid()).default([]),
  columns: z.array(z.enum(["slug", "name"])).default([]),
});

const kind = {
  ...{ name: "tenants", format: "csv" as const, words: "Tenants.", period: true },
  columns: [
    { name: "slug", words: "the slug" },
    { name: "name", words: "the name" },
  ],
  input: z.toJSONSchema(shape, { io: "input" }) as Record<string, unknown>,
};

test("a kind's filters are fields; periods, columns and what only a screen needs are not", () => {
  expect(filtersOf(kind).map((filter) => [filter.name, filter.kind])).toEqual([
    ["search", "text"],
    ["status", "many"],
    ["tag", "words"],
    ["server", "server"],
  ]);
  expect(filtersOf(kind)[1]?.choices).toEqual(["active", "blocked"]);
  expect(rangesOf(kind)[0]).toBe("1h");
});

test("a screen's input comes out of the form as it went in, without what the kind does not take", () => {
  const given = {
    range: "7d",
    tz: "Asia/Tokyo",
    status: ["blocked"],
    tenant: ["t1", "t2"],
    page: 3,
    columns: ["name"],
  };
  const { page: _, ...taken } = given;
  expect(takenBy(kind, given)).toEqual(taken);
  expect(inputOf(kind, choiceOf(kind, given, "UTC"))).toEqual(taken);
  expect(inputOf(kind, choiceOf(kind, given, "UTC"), false)).not.toHaveProperty("range");
});

test("without an input, the kind's own period and the browser's zone hold", () => {
  expect(inputOf(kind, choiceOf(kind, {}, "Europe/Vienna"))).toEqual({ range: "30d", tz: "Europe/Vienna" });
});

test("dates of one's own win over the range", () => {
  const choice = choiceOf(kind, { range: "7d", from: "2025-03-01T00:00:00Z", to: "2025-03-02T00:00:00Z" }, "UTC");
  expect(inputOf(kind, choice)).toEqual({
    from: "2025-03-01T00:00:00.000Z",
    to: "2025-03-02T00:00:00.000Z",
    tz: "UTC",
  });
});

test("what is missing is said at its field", () => {
  const required = z.object({ id: z.uuid(), range: period.range, from: period.from, to: period.to });
  const one = { ...kind, columns: [], input: z.toJSONSchema(required, { io: "input" }) as Record<string, unknown> };
  const choice = { ...choiceOf(one, {}, "UTC"), range: "own" as const };
  expect(choiceErrors(one, choice)).toEqual({ "input.id": "Choose a tenant.", "input.from": "Say from when." });
  expect(choiceErrors(kind, { ...choiceOf(kind, {}, "UTC"), columns: [] })).toEqual({
    "input.columns": "Choose at least one column.",
  });
});
