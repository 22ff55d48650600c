import { expect, test } from "vitest";
import type { ProcessView } from "@/lib/processes/contract";
import { troubledFirst, troublesOf } from "./process-words";
import type { Rates } from "./rates";

const limits = { perTenant: 4, total: 60, waitMs: 5000, mostWaiting: 1000 };

const process = (part: Partial<ProcessView>) =>
  ({ app: "shop", host: "a", pid: 7, state: "running", open: 10, waiting: 0, limits, ...part }) as ProcessView;

const rates = (timeouts: number) => ({ timeouts }) as Rates;

test("nothing is said while processes run and nobody waits", () => {
  expect(troublesOf([process({})], rates(0))).toEqual([]);
});

test("what went silent, who waits, who gives up and who is near the limit is said, the worst first", () => {
  const all = [process({ open: 54, waiting: 3 }), process({ pid: 8, state: "silent", waiting: 9 })];
  expect(troublesOf(all, rates(2))).toEqual([
    "shop on a, pid 8, went silent: it was killed, hangs, or can't reach the control database.",
    "Requests give up waiting for a connection: 2.0 /s.",
    "3 requests wait for a connection.",
    "shop on a, pid 7, has 54 of its 60 connections open.",
  ]);
});

test("many of a kind are one sentence, and nobody running is told", () => {
  const silent = [1, 2, 3, 4].map((pid) => process({ pid, state: "silent" }));
  expect(troublesOf([process({}), ...silent], undefined)[0]).toMatch(/^4 processes went silent/);
  expect(troublesOf(silent, undefined)).toEqual(["No app process runs: all that are known went silent."]);
  expect(troublesOf([], undefined)).toEqual(["No app process runs."]);
});

test("processes that need somebody's eyes come first", () => {
  const all = [{ state: "stopped" }, {}, { waiting: 1 }, { open: 59 }, { state: "silent" }] as Partial<ProcessView>[];
  const order = troubledFirst(all.map((part, pid) => process({ ...part, pid })));
  expect(order.map(({ pid }) => pid)).toEqual([4, 2, 3, 1, 0]);
});
