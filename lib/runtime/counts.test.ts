import { expect, test } from "vitest";
import { PoolCounts } from "./counts";

const minuteMs = 60_000;

function counting() {
  let now = new Date("2026-11-22T03:00:00Z");
  const counts = new PoolCounts(() => now);
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  return { counts, later, known: () => counts.perTenant(() => false) };
}

test("what happened to a tenant is known for an hour after, and then forgotten", () => {
  const { counts, later, known } = counting();
  counts.add("a", "timeouts", 3);
  later(59 * minuteMs);
  expect(known().get("a")).toMatchObject({ timeouts: 3 });
  counts.add("a", "reuses");
  later(59 * minuteMs);
  expect(known().get("a")).toMatchObject({ timeouts: 3, reuses: 1 });
  later(2 * minuteMs);
  expect(counts.perTenant((id) => id === "a").get("a")).toMatchObject({ timeouts: 3 });
  expect(known().size).toBe(0);
  expect(counts.total).toMatchObject({ timeouts: 3, reuses: 1 });
});

test("of very many tenants those go first that were counted least recently", () => {
  const { counts, later, known } = counting();
  for (let n = 0; n < 5000; n++) counts.add(`t${n}`, "connects");
  later(minuteMs);
  counts.add("t0", "reuses");
  counts.add("new", "connects");
  const after = known();
  expect(after.size).toBe(5000);
  expect(after.get("t0")).toMatchObject({ connects: 1, reuses: 1 });
  expect([after.has("t1"), after.has("t2"), after.has("new")]).toEqual([false, true, true]);
});
