import { expect, test } from "vitest";
import { compare, flat, shortChanges } from "./fields";

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

test("what changed is short when it is two fields at most of something that was there before", () => {
  const change = (after: object) => shortChanges({ status: "active", version: 1, plan: "starter", tags: [] }, after);
  expect(change({ status: "suspended", version: 2, plan: "starter", tags: [] })).toEqual([
    { field: "status", before: "active", after: "suspended", changed: true },
  ]);
  expect(change({ status: "suspended", version: 2, plan: "business", tags: ["vip"] })).toEqual([]);
  expect(shortChanges(null, { status: "active" })).toEqual([]);
});
