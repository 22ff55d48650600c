import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slug as slugShape } from "@/lib/kernel/naming";
import type { ImportRow } from "./contract";
import { decide, hostOf, isOtherEngine, statusFor, suggestSlug, type World } from "./rules";

const row = (more: Partial<ImportRow> = {}): ImportRow => ({
  ...{ key: "acme", name: "Acme", slug: "acme", database: "tenantacme", driver: null, status: null, plan: null },
  ...{ domains: [], createdAt: null, settings: {} },
  ...more,
});

const world = (more: Partial<World> = {}): World => ({
  ...{ adoptable: new Set(["tenantacme", "tenantglobex"]), present: new Map(), slugs: new Set<string>() },
  ...{ keys: new Set<string>(), databases: new Set<string>(), suggested: false },
  ...more,
});

describe("what becomes of a row", () => {
  test("its database is there: it is adopted", () => {
    expect(decide(row(), world())).toMatchObject({ outcome: "adopt", slug: "acme", status: "active" });
  });

  test.each([
    ["no_database", { database: null }, {}],
    ["not_found", { database: "elsewhere" }, {}],
    ["not_postgresql", { driver: "mysql" }, {}],
    ["invalid_name", { name: "a\u202eb" }, {}],
    ["unknown_status", { status: "trialing" }, {}],
    ["database_taken", {}, { present: new Map([["tenantacme", { id: "1", slug: "other", key: "other" }]]) }],
    ["duplicate", {}, { databases: new Set(["tenantacme"]) }],
    ["duplicate", {}, { keys: new Set(["acme"]) }],
  ] as const)("%s", (reason, more, around) => {
    const decision = decide(row(more), world(around as Partial<World>));
    expect(decision).toMatchObject({ outcome: "left", reason, words: expect.stringMatching(/\.$/) });
  });

  test("a slug that is taken or none is left with one that would do, and adopted with it where that is wished", () => {
    expect(decide(row(), world({ slugs: new Set(["acme"]) }))).toMatchObject({
      ...{ outcome: "left", reason: "slug_taken", suggestedSlug: "acme-tenant" },
    });
    expect(decide(row({ slug: "Ac me!" }), world())).toMatchObject({
      ...{ outcome: "left", reason: "invalid_slug", suggestedSlug: "ac-me" },
    });
    const around = world({ suggested: true, slugs: new Set(["acme"]) });
    expect(decide(row(), around)).toMatchObject({ outcome: "adopt", slug: "acme-tenant" });
    expect(around.slugs).toContain("acme-tenant");
  });

  test("who was imported before is known again, whatever else has changed, and nobody else is taken for it", () => {
    const present = new Map([["tenantacme", { id: "1", slug: "chosen-later", key: "acme" }]]);
    expect(decide(row({ driver: "mysql", slug: "!" }), world({ present }))).toMatchObject({ outcome: "already" });
    expect(decide(row({ key: "another" }), world({ present }))).toMatchObject({ reason: "database_taken" });
  });

  test("no two rows of one request get the same slug or database", () => {
    const around = world({ suggested: true });
    const slugs = ["tenantacme", "tenantglobex"].map((database, index) =>
      decide(row({ key: `${index}`, database }), around),
    );
    expect(slugs.map((one) => (one.outcome === "adopt" ? one.slug : one.outcome))).toEqual(["acme", "acme-tenant"]);
    expect(decide(row({ key: "again" }), around)).toMatchObject({ outcome: "left", reason: "duplicate" });
  });
});

test("a suggested slug is always a slug that is free", () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("admin", "www", "a", "", "x".repeat(60), "1-2"),
  );
  fc.assert(
    fc.property(texts, texts, fc.option(texts), texts, fc.array(texts), (slug, name, database, key, others) => {
      const taken = new Set(others);
      for (let round = 0; round < 3; round++) {
        const suggested = suggestSlug({ slug, name, database, key }, taken);
        expect(suggested).not.toBeNull();
        expect(slugShape.parse(suggested)).toBe(suggested);
        expect(taken).not.toContain(suggested);
        taken.add(String(suggested));
      }
    }),
  );
});

test.each([
  [null, "active"],
  ["", "active"],
  [" Active ", "active"],
  ["disabled", "inactive"],
  ["paused", "suspended"],
  ["banned", "blocked"],
  ["toString", undefined],
  ["trialing", undefined],
])("the status %s is %s here", (word, status) => {
  expect(statusFor(word)).toBe(status);
});

test.each([
  [null, false],
  ["pgsql", false],
  ["tenant_template", false],
  ["mysql", true],
  ["mysql_tenants", true],
  ["mariadb", true],
  ["sqlite", true],
])("a connection to %s is to something else than PostgreSQL: %s", (driver, other) => {
  expect(isOtherEngine(driver)).toBe(other);
});

test.each([
  ["acme", "example.com", "acme.example.com"],
  ["acme", null, "acme"],
  ["shop.acme.org", "example.com", "shop.acme.org"],
  ["https://shop.acme.org:8080/x", "example.com", "shop.acme.org"],
])("the domain %s below %s is %s", (domain, central, host) => {
  expect(hostOf(domain, central)).toBe(host);
});
