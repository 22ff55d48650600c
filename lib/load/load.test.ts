import { describe, expect, test } from "vitest";
import type { Answer, Request, Time } from "./answer";
import { climb, stepsTo } from "./climb";
import { hold } from "./hold";
import { kindOf } from "./kind-of";
import { Latencies } from "./latencies";
import type { MachineFigures } from "./machine-figures";
import { machineTime } from "./machine-time";
import { sample } from "./sample";
import { stress } from "./stress";
import { whatLimited } from "./what-limited";

const open = new AbortController().signal;
const done: Answer = { kind: "done" };

/** A clock that moves only when somebody waits or works: one client's load is then the same on every machine. */
function slowTime(at = 0): { time: Time; spend: (ms: number) => void } {
  const time: Time = {
    now: () => at,
    until: async (moment) => {
      at = Math.max(at, moment);
    },
  };
  const spend = (ms: number) => {
    at += ms;
  };
  return { time, spend };
}

describe("times", () => {
  test("are told within a percent, and the largest exactly", () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 1000; ms++) latencies.add(ms);
    const { count, p50, p95, p99, max, mean } = latencies.spread();
    expect({ count, max, mean }).toEqual({ count: 1000, max: 1000, mean: 500.5 });
    for (const [told, real] of [
      [p50, 500],
      [p95, 950],
      [p99, 990],
    ] as const) {
      expect(told).toBeGreaterThanOrEqual(real);
      expect(told).toBeLessThanOrEqual(real * 1.0101);
    }
  });

  test("of nothing are unknown, and one of no length is one", () => {
    expect(new Latencies().spread()).toEqual({ count: 0, p50: null, p95: null, p99: null, max: null, mean: null });
    const latencies = new Latencies();
    latencies.add(0);
    expect(latencies.spread()).toMatchObject({ count: 1, p50: 0, max: 0 });
  });
});

describe("a held rate", () => {
  test("counts a stall in every request that it kept waiting", async () => {
    const { time, spend } = slowTime();
    let asked = 0;
    const request: Request = async () => {
      spend(asked++ === 100 ? 500 : 1);
      return done;
    };
    const held = await hold(request, { rate: 100, seconds: 2, clients: 1, time, signal: open });
    expect(held).toMatchObject({ due: 200, done: 200, unsent: 0, cutOff: 0 });
    // One of 200 took long to answer; a quarter of them waited for it.
    expect(held.service).toMatchObject({ max: 500, mean: 3.495 });
    expect(held.service.p99).toBeLessThan(2);
    expect(held.response.p99).toBeGreaterThan(450);
    expect(held.response.mean).toBeGreaterThan(50);
  });

  test("counts what was due and never sent by how long it had waited", async () => {
    const { time, spend } = slowTime();
    const request: Request = async () => {
      spend(100);
      return done;
    };
    const held = await hold(request, { rate: 100, seconds: 1, clients: 1, time, signal: open });
    expect(held).toMatchObject({ due: 100, done: 10, unsent: 90, perSecond: 10 });
    expect(held.response.count).toBe(100);
    expect(held.response.p50).toBeGreaterThan(400);
    expect(held.service.max).toBe(100);
  });

  test("counts what was due by how long it lasted, wherever the clock stands", async () => {
    // Half a second later this clock shows a little more than half a second more.
    const { time } = slowTime(497.873);
    const held = await hold(async () => done, { rate: 20, seconds: 0.5, clients: 1, time, signal: open });
    expect(held).toMatchObject({ due: 10, done: 10, unsent: 0, seconds: 0.5 });
  });

  test("is ended with the figures so far, and what was under way is told apart", async () => {
    const { time, spend } = slowTime();
    const stop = new AbortController();
    let asked = 0;
    const request: Request = async () => {
      spend(10);
      if (++asked === 50) stop.abort();
      return done;
    };
    const held = await hold(request, { rate: 10, seconds: 60, clients: 1, time, signal: stop.signal });
    expect(held).toMatchObject({ done: 49, cutOff: 1, unsent: 0, seconds: 4.91, due: 50 });
  });

  test("keeps refusals apart from failures, and both from the times", async () => {
    const { time, spend } = slowTime();
    const answers: Answer[] = [done, { kind: "limited", what: "429" }, { kind: "failed", what: "500" }];
    let asked = 0;
    const request: Request = async () => {
      spend(1);
      return answers[asked++ % 3] ?? done;
    };
    const held = await hold(request, { rate: 30, seconds: 1, clients: 1, time, signal: open });
    expect(held).toMatchObject({ done: 10, limited: { 429: 10 }, failed: { 500: 10 }, due: 30 });
    expect(held.response.count).toBe(10);
  });

  test("asks with every client when answers take long", async () => {
    const stop = new AbortController();
    const waiting: (() => void)[] = [];
    const request: Request = async () => {
      const turn = new Promise<void>((resolve) => waiting.push(resolve));
      if (waiting.length === 4) {
        stop.abort();
        for (const go of waiting) go();
      }
      await turn;
      return done;
    };
    const held = await hold(request, { rate: 1000, seconds: 600, clients: 4, time: machineTime, signal: stop.signal });
    expect(held).toMatchObject({ done: 0, cutOff: 4 });
  });
});

test("a climb doubles its clients up to the last", () => {
  expect([1, 2, 5, 8, 100].map(stepsTo)).toEqual([
    [1],
    [1, 2],
    [1, 2, 4, 5],
    [1, 2, 4, 8],
    [1, 2, 4, 8, 16, 32, 64, 100],
  ]);
});

test("a climb tells what each step was answered, and rests after a refusal", async () => {
  const { time, spend } = slowTime();
  let asked = 0;
  const request: Request = async () => {
    spend(10);
    return ++asked % 2 === 0 ? { kind: "limited", what: "429" } : done;
  };
  const told: number[] = [];
  const steps = await climb(request, { clients: 1, seconds: 0.7, time, signal: open }, (step) =>
    told.push(step.perSecond),
  );
  // Ten milliseconds each, and fifty of rest after each second one.
  expect(steps).toEqual([expect.objectContaining({ clients: 1, done: 10, limited: { 429: 10 }, seconds: 0.7 })]);
  expect(told).toEqual([14.3]);
});

test("a stress test holds a part of what was answered at best, or the rate it is given", async () => {
  for (const [rate, held, from] of [
    [undefined, 70, "measured"],
    [20, 20, "given"],
  ] as const) {
    const { time, spend } = slowTime();
    const request: Request = async () => {
      spend(10);
      return done;
    };
    const options = { clients: 1, seconds: 1, rampSeconds: 1, rate, time, signal: open, told: () => undefined };
    const report = await stress(request, { ...options, where: "here" });
    expect(report).toMatchObject({ rateFrom: from, ended: false, held: { rate: held, due: held, done: held } });
  }
});

test("a stress test of what never answers holds nothing, and one ended early says so", async () => {
  const { time, spend } = slowTime();
  const refused: Request = async () => {
    spend(1);
    return { kind: "failed", what: "ECONNREFUSED" };
  };
  const common = { clients: 1, seconds: 1, rampSeconds: 1, rate: undefined, told: () => undefined } as const;
  const nothing = await stress(refused, { ...common, time, signal: open, where: "elsewhere" });
  expect(nothing).toMatchObject({ held: null, rateFrom: null, limitedBy: [], ended: false });
  expect(nothing.climb[0]?.failed).toEqual({ ECONNREFUSED: expect.any(Number) });
  const early = await stress(refused, { ...common, time, signal: AbortSignal.abort(), where: "here" });
  expect(early).toMatchObject({ climb: [], held: null, ended: true });
});

test("what limited it is said only where the figures speak for it", async () => {
  const { time, spend } = slowTime();
  const quick: Request = async () => {
    spend(1);
    return done;
  };
  const held = await hold(quick, { rate: 100, seconds: 1, clients: 1, time, signal: open });
  const idle: MachineFigures = {
    ...{ cores: 2, cpuMean: 20, cpuMost: 30, ownCpu: 10 },
    ...{ memoryBefore: 100, memoryMost: 100, memoryTotal: 1000, samples: 3 },
  };
  expect(whatLimited(held, idle, "here")).toEqual([]);
  expect(whatLimited(held, { ...idle, cpuMean: null, cpuMost: null, ownCpu: null }, "here")).toEqual([]);
  expect(whatLimited(held, { ...idle, cpuMean: 97, ownCpu: 90 }, "here")).toEqual([
    expect.stringMatching(/This machine's CPU: 97 %/),
    expect.stringMatching(/The asking itself/),
  ]);
  expect(whatLimited({ ...held, limited: { "429": 100 } }, idle, "here")).toEqual([
    expect.stringMatching(/limit of requests: 50 %.*429: 100/),
  ]);
  expect(whatLimited({ ...held, unsent: 20 }, idle, "here")).toEqual([expect.stringMatching(/20 % of what was due/)]);
});

test("an error is counted by its code, and the pools' limits are no failures", () => {
  expect(kindOf(Object.assign(new Error("x"), { code: "unavailable", reason: "pool" }))).toMatchObject({
    kind: "limited",
  });
  expect(kindOf(Object.assign(new Error("secret words"), { code: "57P01" }))).toEqual({
    kind: "failed",
    what: "57P01",
  });
  expect(kindOf(null)).toEqual({ kind: "failed", what: "unknown" });
});

test("a sample leaves its warm-up out, and gives up on what always fails", async () => {
  let done = 0;
  const options = { name: "a", how: "b", samples: 20, warmUp: 3, signal: open };
  const good = await sample(async () => void done++, options);
  expect(good).toMatchObject({ ms: { count: 20 }, failed: 0, error: null });
  expect(done).toBe(23);
  const bad = await sample(async () => Promise.reject(new Error("away")), options);
  expect(bad).toMatchObject({ ms: { count: 0, p50: null }, failed: 5, error: "away" });
});
