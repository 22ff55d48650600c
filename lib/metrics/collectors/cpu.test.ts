import fc from "fast-check";
import type pg from "pg";
import { expect, test } from "vitest";
import type { Counters, Round } from "../collector";
import { machine, type Process, type ProcessTable } from "../processes";
import { cpu } from "./cpu";

const client = {} as pg.Client;
const tenant = { id: "t", database: "t", datid: 5 };
const postmaster = 1;

function table(readAt: number, waited: number, children: Process[]): ProcessTable {
  const parent: Process = { pid: postmaster, parent: 0, cpu: waited, start: 0, resident: 0 };
  const processes = new Map([parent, ...children].map((process) => [process.pid, process]));
  const total = waited + children.reduce((sum, child) => sum + child.cpu, 0);
  return { postmaster, processes, total, readAt };
}

function round(at: number, processes: ProcessTable | null, pids: number[], counters?: Counters): Round {
  const backends = pids.map((pid) => ({ pid, datid: 5, client: true, runningFor: 0, quietFor: 0 }));
  const byDatabase = new Map(counters ? [[5, counters]] : []);
  return {
    at,
    client,
    targets: [tenant],
    backends,
    counters: byDatabase,
    runtime: { requests: new Map(), pools: new Map(), apps: new Map() },
    processes,
  };
}

const child = (pid: number, used: number, start = 0): Process => ({
  pid,
  parent: postmaster,
  cpu: used,
  start,
  resident: 0,
});

test("a backend's CPU time is its tenant's, and the rest of the server is nobody's", async () => {
  const collect = cpu();
  expect((await collect(round(0, table(0, 50, [child(9, 1000)]), [9]))).values.cpu).toBeUndefined();
  const { values, unattributed } = await collect(round(2, table(200, 60, [child(9, 1000 + machine.ticks)]), [9]));
  expect(values.cpu?.get("t")).toEqual({ value: 50, source: "proc" });
  expect(unattributed?.cpu).toBeCloseTo((10 / machine.ticks / 2) * 100);
});

test("a pid that was used again does not inherit what another process used", async () => {
  const collect = cpu();
  await collect(round(0, table(1000, 0, [child(9, 5000)]), [9]));
  const { values } = await collect(round(2, table(1200, 5000, [child(9, 4, 1100)]), [9]));
  expect(values.cpu?.get("t")?.value).toBeCloseTo((4 / machine.ticks / 2) * 100);
});

test("a process that is older than the last reading and was not in it only sets a mark", async () => {
  const collect = cpu();
  await collect(round(0, table(1000, 0, []), []));
  const { values } = await collect(round(2, table(1200, 0, [child(9, 5000, 500)]), [9]));
  expect(values.cpu?.get("t")?.value).toBe(0);
});

const step = fc.record({
  works: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 4, maxLength: 4 }),
  ends: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  seenByActivity: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
});

test("whatever backends do, no part is negative and the parts add up to the server's CPU time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 25 }), async (steps) => {
      const collect = cpu();
      const used = [0, 0, 0, 0];
      const born = [0, 0, 0, 0];
      let waited = 0;
      let shown = 0;
      let first: number | undefined;
      let total = 0;
      for (const [index, { works, ends, seenByActivity }] of steps.entries()) {
        const now = index * 2 * machine.ticks;
        works.forEach((work, slot) => {
          used[slot] = (used[slot] ?? 0) + work;
          if (!ends[slot]) return;
          waited += used[slot] ?? 0;
          used[slot] = 0;
          born[slot] = now - 1;
        });
        const processes = table(
          now,
          waited,
          used.map((ticks, slot) => child(10 + slot, ticks, born[slot])),
        );
        total = processes.total;
        first ??= total;
        const seen = [10, 11, 12, 13].filter((_, slot) => seenByActivity[slot]);
        const { values, unattributed } = await collect(round(index * 2, processes, seen));
        const parts = [values.cpu?.get("t")?.value ?? 0, unattributed?.cpu ?? 0];
        for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
        shown += parts.reduce((sum, part) => sum + (part / 100) * 2 * machine.ticks, 0);
      }
      expect(shown).toBeCloseTo(total - (first ?? 0), 3);
    }),
  );
});

const counted = (activeSeconds: number, epoch = "a"): Counters => ({
  ...{ transactions: 0, hits: 0, reads: 0, writes: 0 },
  activeSeconds,
  epoch,
});

test("where processes can't be seen, the load is the time spent executing, held to the sessions there are", async () => {
  const collect = cpu();
  const load = async (at: number, counters: Counters) =>
    (await collect(round(at, null, [9], counters))).values.cpu?.get("t");
  expect(await load(0, counted(500))).toBeUndefined();
  expect(await load(2, counted(501))).toEqual({ value: 50, source: "active_time" });
  expect((await load(4, counted(561)))?.value).toBe(100);
  expect(await load(6, counted(3, "b"))).toBeUndefined();
  expect((await load(8, counted(3, "b")))?.value).toBe(0);
});
