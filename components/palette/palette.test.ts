import { expect, test } from "vitest";
import { ranked, score } from "./rank";
import { forgetVisit, noteVisit, recentVisits } from "./recents";
import { verbAndName } from "./tenant-items";

const named = (label: string, note = "") => ({ label, note });

test("a name's begin comes before a word's begin, and that before any part", () => {
  const items = [named("Overcast Coffee"), named("Big Aurora"), named("Aurora Coffee"), named("Laurora")];
  expect(ranked(items, "aurora").map(({ label }) => label)).toEqual(["Aurora Coffee", "Big Aurora", "Laurora"]);
});

test("accents, case and the order of words do not matter", () => {
  expect(score(named("Café Über"), "uber")).toBeGreaterThan(0);
  expect(score(named("Café Über"), "über CAFE")).toBeGreaterThan(0);
  expect(score(named("مقهى النور"), "النور")).toBeGreaterThan(0);
  expect(score(named("Aurora Coffee", "aurora-coffee"), "tea")).toBe(0);
});

test("what is called or noted exactly so comes first, and equals keep their order", () => {
  const items = [named("Acme Two", "acme-2"), named("Acme One", "acme-1"), named("Zeta", "acme")];
  expect(ranked(items, "acme").map(({ label }) => label)).toEqual(["Zeta", "Acme Two", "Acme One"]);
  expect(ranked(items, "")).toEqual(items);
});

function store(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  } as unknown as Storage;
}

const tenant = (id: number) => ({ kind: "tenant", href: `/tenants/${id}`, label: `Tenant ${id}` }) as const;

test("recent places are the newest eight, each once, and one user's alone", () => {
  const kept = store();
  for (let id = 0; id < 12; id += 1) noteVisit(kept, "ada", tenant(id));
  noteVisit(kept, "ada", tenant(9));
  expect(recentVisits(kept, "ada").map(({ href }) => href)).toEqual(
    [9, 11, 10, 8, 7, 6, 5, 4].map((id) => `/tenants/${id}`),
  );
  expect(recentVisits(kept, "bob")).toEqual([]);
  forgetVisit(kept, "ada", "/tenants/9");
  expect(recentVisits(kept, "ada")).toHaveLength(7);
});

test("what is no list of visits is none, and no address leads out of the console", () => {
  const kept = store();
  for (const text of ["{", "3", '[{"kind":"tenant","href":"https://elsewhere.example","label":"x"}]']) {
    kept.setItem("tenantry.visits.ada", text);
    expect(recentVisits(kept, "ada")).toEqual([]);
  }
});

test("a browser that keeps nothing has no recent places, and nothing fails", () => {
  const full = {
    ...store(),
    setItem: () => {
      throw new Error("no room");
    },
  };
  noteVisit(full, "ada", tenant(1));
  expect(recentVisits(full, "ada")).toEqual([]);
});

test("a deed stands before or behind whom it is for", () => {
  expect(verbAndName("suspend aurora coffee")).toEqual({ dialog: "suspended", name: "aurora coffee" });
  expect(verbAndName(" aurora coffee  Susp ")).toEqual({ dialog: "suspended", name: "aurora coffee" });
  expect(verbAndName("suspend")).toBeNull();
  expect(verbAndName("aurora coffee")).toBeNull();
});
