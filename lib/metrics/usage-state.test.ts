import { expect, test } from "vitest";
import type { Measure } from "@/lib/tenants/shapes";
import type { Findings } from "./collector";
import { UsageState } from "./usage-state";

const id = "01a1fe00-0000-7000-8000-000000000000";
const targets = [{ id, database: "a", datid: 5 }];
const start = Date.UTC(2026, 10, 21, 12, 0, 0);
const at = (seconds: number) => new Date(start + seconds * 1000);

function cpu(value: number | null): Findings {
  const measure: Measure | null = value === null ? null : { value, source: "proc" };
  return { values: { cpu: new Map([[id, measure]]) } };
}

test("a value is logged when it changed in the digits that are stored, and not otherwise", () => {
  const state = new UsageState(new Map());
  const logged = [22.7, 22.71, 22.74, 0, 0, 22.7].map((value, index) => state.take(cpu(value), targets, at(index)));
  expect(logged.map(({ logs }) => logs.map(({ value }) => value))).toEqual([[22.7], [], [], [0], [], [22.7]]);
  expect(logged.map(({ latest }) => latest.size)).toEqual([1, 0, 0, 1, 0, 1]);
});

test("an unchanged value is logged again once in each minute, without touching the newest figures", () => {
  const state = new UsageState(new Map());
  state.take(cpu(5), targets, at(1));
  const rounds = Array.from({ length: 90 }, (_, index) => state.take(cpu(5), targets, at(3 + index * 2)));
  expect(rounds.filter(({ logs }) => logs.length > 0)).toHaveLength(3);
  expect(rounds.every(({ latest }) => latest.size === 0)).toBe(true);
});

test("what was not measured in a round keeps its value and gets no heartbeat", () => {
  const state = new UsageState(new Map([[id, { storage: { value: 7, source: "pg_database_size" } }]]));
  for (let seconds = 0; seconds < 300; seconds += 2) state.take(cpu(1), targets, at(seconds));
  const { latest } = state.take(cpu(2), targets, at(301));
  expect(latest.get(id)).toEqual({
    cpu: { value: 2, source: "proc" },
    storage: { value: 7, source: "pg_database_size" },
  });
});

test("a value that became unknown leaves the newest figures and is not logged", () => {
  const state = new UsageState(new Map());
  state.take(cpu(5), targets, at(0));
  const { logs, latest } = state.take(cpu(null), targets, at(2));
  expect(logs).toEqual([]);
  expect(latest.get(id)).toEqual({});
  expect(state.take(cpu(null), targets, at(4)).latest.size).toBe(0);
});

test("after a write that failed everything that is measured is written again", () => {
  const state = new UsageState(new Map());
  state.take(cpu(5), targets, at(0));
  state.doubt();
  const { logs, latest } = state.take(cpu(5), targets, at(2));
  expect(logs).toHaveLength(1);
  expect(latest.get(id)).toEqual({ cpu: { value: 5, source: "proc" } });
});
