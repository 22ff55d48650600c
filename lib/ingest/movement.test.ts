import fc from "fast-check";
import { expect, test } from "vitest";
import { tenantHold } from "@/lib/kernel/metrics";
import { advance, type Heard, type Measured, type Series, standing } from "./movement";

const unheard: Heard = { metric: undefined, app: undefined };
const counter = (at: number, value: number, start = 0): Measured => ({
  ...{ shape: "counter", delta: false, start, at, value, count: null, gone: false },
});

/** Takes points one after another and adds up what the rates between them stand for. */
function counted(points: Measured[]): { sum: number; lowest: number } {
  let [before, sum, lowest]: [Series | undefined, number, number] = [undefined, 0, 0];
  for (const point of points) {
    const after: Series | string = advance(before, point, unheard);
    if (typeof after === "string") continue;
    if (before && after.adds !== null) sum += (after.adds * (after.at - before.at)) / 1000;
    lowest = Math.min(lowest, after.adds ?? 0);
    before = after;
  }
  return { sum, lowest };
}

test("whatever is sent again, out of order or begun anew: no negative, and never more than there was", () => {
  const steps = fc.array(
    fc.record({
      after: fc.integer({ min: 200, max: 100_000 }),
      by: fc.integer({ min: 0, max: 1000 }),
      reset: fc.boolean(),
      again: fc.nat(5),
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, (list) => {
      let [at, value, truth] = [1_000_000, 500, 0];
      const sent: Measured[] = [counter(at, value)];
      for (const { after, by, reset, again } of list) {
        at += after;
        value = reset ? by : value + by;
        truth += by;
        sent.push(counter(at, value));
        const old = sent.at(-1 - again);
        if (old) sent.push(old);
      }
      const { sum, lowest } = counted(sent);
      expect(lowest).toBeGreaterThanOrEqual(0);
      expect(sum).toBeLessThanOrEqual(truth + 1e-6);
    }),
  );
});

test("without resets, sent again or not, everything that was counted is there", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 200, max: 100_000 }), fc.nat(1000)), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(steps, (list) => {
      let [at, value] = [1_000_000, 500];
      const sent = [counter(at, value)];
      for (const [after, by] of list) {
        at += after;
        value += by;
        sent.push(counter(at, value));
      }
      const { sum } = counted(sent.flatMap((one, index) => [one, sent[index - 1] ?? one]));
      expect(sum).toBeCloseTo(value - 500, 5);
    }),
  );
});

test("whenever a sender tells when its counting began, or leaves it out again, everything that was counted is there", () => {
  const steps = fc.array(
    fc.record({ after: fc.integer({ min: 200, max: 100_000 }), by: fc.nat(1000), told: fc.boolean() }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, fc.boolean(), fc.integer({ min: 0, max: 1_000_000 }), (list, first, since) => {
      const start = (told: boolean) => (told ? 1_000_000 - since : 0);
      let [at, value] = [1_000_000, 500];
      const sent = [counter(at, value, start(first))];
      for (const { after, by, told } of list) {
        at += after;
        value += by;
        sent.push(counter(at, value, start(told)));
      }
      expect(counted(sent).sum).toBeCloseTo(value - 500, 5);
    }),
  );
});

test("what was gone, or came as deltas, goes on as a counter that began long before", () => {
  const gone = advance(undefined, { ...counter(10_000, 0, 1000), value: null, gone: true }, unheard) as Series;
  const delta = advance(undefined, { ...counter(10_000, 7, 9000), delta: true }, unheard) as Series;
  for (const before of [gone, delta]) {
    const back = advance(before, counter(20_000, 40, 1000), unheard) as Series;
    expect(back).toMatchObject({ adds: null, startedAt: 1000 });
    expect(advance(back, counter(30_000, 60, 1000), unheard)).toMatchObject({ adds: 2 });
  }
});

test("points of another process under the same name are told, not mixed in", () => {
  const newer = advance(undefined, counter(10_000, 5, 8000), unheard) as Series;
  expect(advance(newer, counter(20_000, 900, 1000), unheard)).toBe("collides");
});

test("a value that the sender says is gone adds nothing more", () => {
  const level: Measured = { shape: "level", delta: false, start: 0, at: 1000, value: 4, count: null, gone: false };
  const before = advance(undefined, level, unheard) as Series;
  expect(before.adds).toBe(4);
  expect(advance(before, { ...level, at: 2000, value: null, gone: true }, unheard)).toMatchObject({ adds: null });
});

test("a series stands for 150 s, a delta no longer than half its interval again", () => {
  const level = { startedAt: 0, at: 0, value: null, count: null, adds: 1, weight: 1 };
  expect(standing(level)).toEqual({ from: -tenantHold, until: tenantHold });
  const delta = { ...level, startedAt: -10_000 };
  expect(standing(delta)).toEqual({ from: -tenantHold, until: 15_000 });
});
