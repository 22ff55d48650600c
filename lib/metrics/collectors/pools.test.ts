import type pg from "pg";
import { expect, test } from "vitest";
import type { PoolCounters, Round } from "../collector";
import { pools } from "./pools";

const tenant = { id: "t", database: "t", datid: 5 };

function round(at: number, held: PoolCounters[]): Round {
  const runtime = { requests: new Map(), pools: new Map(held.length > 0 ? [["t", held]] : []), apps: new Map() };
  const nothing = { backends: [], counters: new Map(), processes: null, client: {} as pg.Client };
  return { at, targets: [tenant], runtime, ...nothing };
}

const said = (process: string, open: number, waits: number, waitMs: number) => ({ process, open, waits, waitMs });

async function follow(collect: ReturnType<typeof pools>, at: number, held: PoolCounters[]) {
  const { values } = await collect(round(at, held));
  return [values.pooled, values.waits, values.waitTime].map((found) => found?.get("t"));
}

const measure = (value: number) => ({ value, source: "runtime_pools" });

test("connections of all processes are added up, and so are waits per second, with the mean time of a wait", async () => {
  const collect = pools();
  expect(await follow(collect, 0, [said("a", 3, 100, 9000), said("b", 2, 7, 0)])).toEqual([
    measure(5),
    undefined,
    null,
  ]);
  const after = await follow(collect, 2, [said("a", 4, 106, 9600), said("b", 2, 9, 200)]);
  expect(after).toEqual([measure(6), measure(4), measure(100)]);
});

test("a process that was silent for a while, or began anew, makes no spike", async () => {
  const collect = pools();
  await follow(collect, 0, [said("a", 1, 10, 10), said("b", 1, 5000, 5000)]);
  expect((await follow(collect, 2, [said("a", 1, 10, 10)]))[1]).toEqual(measure(0));
  expect((await follow(collect, 4, [said("a", 1, 10, 10), said("b", 1, 5040, 5040)]))[1]).toEqual(measure(0));
  expect((await follow(collect, 6, [said("a", 1, 2, 2), said("b", 1, 5044, 5044)]))[1]).toEqual(measure(2));
});

test("what nobody tells is unknown; a time waited stands for a minute", async () => {
  const collect = pools();
  await follow(collect, 0, [said("a", 1, 0, 0)]);
  expect(await follow(collect, 2, [said("a", 1, 2, 100)])).toEqual([measure(1), measure(1), measure(50)]);
  await follow(collect, 10, [said("a", 1, 2, 100)]);
  expect((await follow(collect, 20, [said("a", 1, 2, 100)]))[2]).toBeUndefined();
  expect((await follow(collect, 71, [said("a", 0, 2, 100)]))[2]).toBeNull();
  expect(await follow(collect, 73, [])).toEqual([null, null, null]);
});
