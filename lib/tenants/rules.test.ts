import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalHost, mixesLookAlikes, proposeSlug, slug } from "@/lib/kernel/naming";
import { checkTransition, databaseName, locksDatabase } from "./rules";
import { settableStatuses, tenantStatuses } from "./shapes";

test("a database name of any valid slug fits PostgreSQL's 63 bytes and needs no quoting", () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/).filter((value) => slug.safeParse(value).success);
  fc.assert(fc.property(label, fc.uuid(), (value, id) => /^[a-z0-9_]{4,63}$/.test(databaseName(value, id))));
});

test("a proposed slug is valid or too short, whatever the name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (name) => {
      const proposal = proposeSlug(name);
      expect(proposal).toMatch(/^([a-z][a-z0-9-]*)?$/);
      expect(proposal).not.toMatch(/--|-$/);
      expect(proposal.length).toBeLessThanOrEqual(40);
    }),
  );
});

test("a proposed slug keeps Latin letters that have no accent to lose", () => {
  expect(proposeSlug("Blå Hav Øst & Straße")).toBe("bla-hav-ost-strasse");
});

describe("host names come out as browsers send them", () => {
  test.each([
    ["Shop.Example.COM", "shop.example.com"],
    ["shop.example.com.", "shop.example.com"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["BÜCHER.example", "xn--bcher-kva.example"],
    ["b\u0075\u0308cher.example", "xn--bcher-kva.example"],
  ])("%s", (given, wanted) => expect(canonicalHost(given)).toBe(wanted));

  test.each(["localhost", "", "a b.c", "http://x.y", "x.y:80", "-a.example", "a..b", "1.2.3.4", "x.1", "user@x.y"])(
    "%s is none",
    (given) => expect(canonicalHost(given)).toBeNull(),
  );
});

test("look-alikes are found within a word only", () => {
  expect(mixesLookAlikes("\u0430cme")).toBe(true);
  expect(mixesLookAlikes("Яндекс Market")).toBe(false);
  expect(mixesLookAlikes("Ελλάδα Shop")).toBe(false);
});

test("every pair of statuses is either allowed or refused with a reason", () => {
  for (const from of tenantStatuses) {
    for (const to of settableStatuses) {
      const settled = ["active", "inactive", "suspended", "blocked"].includes(from);
      if (settled && from !== to) expect(() => checkTransition(from, to)).not.toThrow();
      else expect(() => checkTransition(from, to)).toThrow(/already|can't become/);
    }
  }
});

test("only suspended, blocked, deleted and going tenants are locked out by PostgreSQL", () => {
  expect(tenantStatuses.filter(locksDatabase)).toEqual(["suspended", "blocked", "deleted", "deleting"]);
});
