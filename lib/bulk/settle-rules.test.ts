import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { budgetOf, type RunFacts, verdict, type WaveFacts } from "./settle-rules";

const usual = { failureBudget: { percent: 5 }, pauseAfterCanary: false };
const wave = (number: number, facts: Partial<WaveFacts> = {}): WaveFacts => ({
  ...{ wave: number, total: 100, pending: 0, running: 0, failed: 0 },
  ...facts,
});
const running = (facts: Partial<RunFacts>): RunFacts => ({
  ...{ status: "running", wave: 1, forgiven: 0, options: usual, waves: [] },
  ...facts,
});

describe("the failure budget", () => {
  test("is of the canary alone while the canary runs, and of all after it", () => {
    const facts = { options: usual, waves: [wave(0, { total: 20 }), wave(1, { total: 380 })] };
    expect([budgetOf(facts, 0), budgetOf(facts, 1)]).toEqual([1, 20]);
  });

  test("is rounded down, and as exact as whole numbers", () => {
    const facts = (percent: number, total: number) => ({
      options: { ...usual, failureBudget: { percent } },
      waves: [wave(1, { total })],
    });
    expect(budgetOf(facts(5, 19), 1)).toBe(0);
    expect(budgetOf(facts(29, 100), 1)).toBe(29);
    expect(budgetOf(facts(100, 7), 1)).toBe(7);
  });

  test("pauses the run with one failure more, and not before", () => {
    const facts = (failed: number) => running({ waves: [wave(1, { pending: 5, failed })] });
    expect(verdict(facts(5))).toBeUndefined();
    expect(verdict(facts(6))).toEqual({
      status: "paused",
      wave: 1,
      reason: "The run stopped: 6 tenants failed, and its failure budget puts up with 5.",
    });
  });

  test("is told as it is once more fails of what still ran; what a person paused keeps their words", () => {
    const facts = (failed: number, reason: string) =>
      verdict(running({ status: "paused", reason, waves: [wave(1, { pending: 5, failed })] }));
    const before = "The run stopped: 6 tenants failed, and its failure budget puts up with 5.";
    expect(facts(6, before)).toBeUndefined();
    expect(facts(8, before)).toMatchObject({ status: "paused", reason: before.replace("6", "8") });
    expect(facts(8, "Paused by ada@example.com.")).toBeUndefined();
  });

  test("does not count what a person went on in spite of", () => {
    expect(verdict(running({ forgiven: 6, waves: [wave(1, { pending: 5, failed: 11 })] }))).toBeUndefined();
    expect(verdict(running({ forgiven: 6, waves: [wave(1, { pending: 5, failed: 12 })] }))?.status).toBe("paused");
  });
});

describe("the waves", () => {
  test("the rest begins when the canary has come to its end", () => {
    const waves = (pending: number, runningItems: number) => [
      wave(0, { total: 5, pending, running: runningItems }),
      wave(1, { pending: 95 }),
    ];
    expect(verdict(running({ wave: 0, waves: waves(1, 0) }))).toBeUndefined();
    expect(verdict(running({ wave: 0, waves: waves(0, 1) }))).toBeUndefined();
    expect(verdict(running({ wave: 0, waves: waves(0, 0) }))).toEqual({ status: "running", wave: 1, reason: null });
  });

  test("a canary that used up the budget keeps the rest untouched", () => {
    const waves = [wave(0, { total: 5, failed: 1 }), wave(1, { pending: 95 })];
    expect(verdict(running({ wave: 0, waves }))).toMatchObject({ status: "paused", wave: 0 });
  });

  test("a person is waited for after the canary, once, where that was asked for", () => {
    const facts = running({
      wave: 0,
      options: { ...usual, pauseAfterCanary: true },
      waves: [wave(0, { total: 5 }), wave(1, { pending: 95 })],
    });
    const paused = verdict(facts);
    expect(paused).toMatchObject({ status: "paused", wave: 1 });
    expect(verdict({ ...facts, wave: 1 })).toBeUndefined();
  });
});

describe("the end", () => {
  const statuses = ["running", "paused", "cancelling"] as const;
  const waves = fc.array(
    fc.record({
      wave: fc.constantFrom(0, 1),
      total: fc.nat(500),
      pending: fc.nat(2),
      running: fc.nat(2),
      failed: fc.nat(40),
    }),
    { maxLength: 2 },
  );
  const facts = fc.record({
    status: fc.constantFrom(...statuses),
    wave: fc.constantFrom(0, 1),
    forgiven: fc.nat(40),
    options: fc.record({
      failureBudget: fc.oneof(fc.record({ count: fc.nat(30) }), fc.record({ percent: fc.nat(100) })),
      pauseAfterCanary: fc.boolean(),
    }),
    waves,
  });

  test("comes exactly when nothing is open, and never while something runs", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const found = verdict(one);
        const active = one.waves.some((w) => w.running > 0);
        const open = active || one.waves.some((w) => w.pending > 0);
        if (one.status === "cancelling") expect(found?.status).toBe(active ? undefined : "cancelled");
        else expect(found?.status === "finished").toBe(!open);
      }),
    );
  });

  test("asked twice, a run that went on gives another answer only where there is one more step", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const first = verdict(one);
        if (first?.status !== "running") return;
        const second = verdict({ ...one, ...first });
        expect(second === undefined || second.status === "paused").toBe(true);
      }),
    );
  });

  test.each(["planned", "awaiting_second", "finished", "cancelled", "expired"] as const)(
    "a run that is %s stays so",
    (status) => {
      expect(verdict(running({ status, waves: [wave(1, { failed: 100 })] }))).toBeUndefined();
    },
  );
});
