import { expect, test } from "vitest";
import { compare, flat } from "./fields";

test("two states are compared field by field, what changed first", () => {
  const before = { name: "Ada", role: "viewer", scope: { kind: "all" } };
  const after = { name: "Ada", role: "operator", scope: { kind: "region", values: ["eu", "us"] } };
  expect(compare(before, after)).toEqual([
    { field: "role", before: "viewer", after: "operator", changed: true },
    { field: "scope.kind", before: "all", after: "region", changed: true },
    { field: "scope.values", before: null, after: "eu, us", changed: true },
    { field: "name", before: "Ada", after: "Ada", changed: false },
  ]);
});

test("what was made had nothing before, and nothing recorded has no fields", () => {
  expect(compare(null, { slug: "acme" })).toEqual([{ field: "slug", before: null, after: "acme", changed: true }]);
  expect(flat(null).size).toBe(0);
  expect([...flat({ a: null, b: [], c: "" })]).toEqual([
    ["a", "none"],
    ["b", "none"],
    ["c", "empty"],
  ]);
});
