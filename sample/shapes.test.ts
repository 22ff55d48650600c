import { expect, test } from "vitest";
import { displayName, slug } from "@/lib/kernel/naming";
import { seededRandom, seedOf } from "./random";
import { paces } from "./rates";
import { demoTenants, shapes } from "./shapes";

test("the demo has twelve tenants whose slugs and names the registry accepts, and shows every shape", () => {
  expect(demoTenants).toHaveLength(12);
  for (const tenant of demoTenants) {
    expect(slug.parse(tenant.slug)).toBe(tenant.slug);
    expect(displayName.parse(tenant.name)).toBe(tenant.name);
  }
  expect(new Set(demoTenants.map(({ slug }) => slug)).size).toBe(12);
  expect(new Set(demoTenants.map(({ shape }) => shape))).toEqual(new Set(shapes));
});

test("the demo's visits stay below forty a second on average, and below a hundred at their highest", () => {
  const seconds = Array.from({ length: 7200 }, (_, second) => second);
  const visits = seconds.map((second) => {
    const each = demoTenants.map(({ shape, slug }) => paces[shape](second + (seedOf(slug) % 60)).visits);
    return each.reduce((sum, rate) => sum + rate, 0);
  });
  expect(visits.reduce((sum, rate) => sum + rate, 0) / visits.length).toBeLessThan(40);
  expect(Math.max(...visits)).toBeLessThan(100);
});

test("a seed gives the same numbers again, spread evenly from 0 to 1", () => {
  const [one, two] = [seededRandom(seedOf("nordlys")), seededRandom(seedOf("nordlys"))];
  const drawn = Array.from({ length: 10_000 }, () => one());
  expect(Array.from({ length: 10_000 }, () => two())).toEqual(drawn);
  expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(drawn.reduce((sum, value) => sum + value, 0) / drawn.length).toBeCloseTo(0.5, 1);
  expect(seededRandom(seedOf("kurashi"))()).not.toBe(drawn[0]);
});
