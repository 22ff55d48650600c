import fc from "fast-check";
import { expect, test } from "vitest";
import { backtest, outcomes, widening } from "./backtest";
import { deviation, expected, fitModel, type Model } from "./holt";
import { fitted, foretold, growth, noDay, reaching, unfit } from "./outlook-rules";
import { normalNoise } from "./testing-series";

const model = (more: Partial<Model>): Model => ({
  alpha: 0.5,
  beta: 0.1,
  phi: 0.9,
  level: 100,
  trend: 10,
  sigma: 2,
  ...more,
});

test("what is expected and how far it may be off are those computed by hand", () => {
  // 100 + 10 × (0.9 + 0.81) and, without damping, 100 + 10 × 3.
  expect(expected(model({}), 2)).toBeCloseTo(117.1, 10);
  expect(expected(model({ phi: 1 }), 3)).toBe(130);
  expect(deviation(model({}), 1)).toBeCloseTo(2, 10);
  expect(deviation(model({ phi: 1 }), 1)).toBe(2);
  // ETS(A,A,N): σ²(1 + c₁²) with c₁ = α + β = 0.6, then c₂ = α + 2β = 0.7.
  expect(deviation(model({ phi: 1 }), 2)).toBeCloseTo(2 * Math.sqrt(1 + 0.36), 10);
  expect(deviation(model({ phi: 1 }), 3)).toBeCloseTo(2 * Math.sqrt(1 + 0.36 + 0.49), 10);
  // ETS(A,Ad,N): c₁ = α + βφ = 0.59, c₂ = α + β(φ + φ²) = 0.671.
  expect(deviation(model({}), 2)).toBeCloseTo(2 * Math.sqrt(1 + 0.59 ** 2), 10);
  expect(deviation(model({}), 3)).toBeCloseTo(2 * Math.sqrt(1 + 0.59 ** 2 + 0.671 ** 2), 10);
});

test("the formula is the sum that it stands for, and widens with every step", () => {
  const unit = fc.double({ min: 0.01, max: 1, noNaN: true });
  const phi = fc.constantFrom(0.8, 0.9, 0.95, 0.98, 0.99, 1);
  fc.assert(
    fc.property(unit, unit, phi, fc.integer({ min: 1, max: 60 }), (alpha, share, damping, steps) => {
      const one = model({ alpha, beta: alpha * share, phi: damping });
      let variance = 1;
      let damped = 0;
      for (let j = 1; j < steps; j++) {
        damped += damping ** j;
        variance += (alpha + one.beta * damped) ** 2;
      }
      expect(deviation(one, steps)).toBeCloseTo(one.sigma * Math.sqrt(variance), 4);
      expect(deviation(one, steps + 1)).toBeGreaterThanOrEqual(deviation(one, steps));
    }),
  );
});

test("a straight line goes on as a straight line, also over days that are missing", () => {
  const line = Array.from({ length: 40 }, (_, day) => (day % 7 === 3 ? null : 50 + 2 * day));
  const one = fitModel(line);
  expect(expected(one, 100)).toBeCloseTo(50 + 2 * 139, 3);
  expect(one.sigma).toBeLessThan(1e-6);
});

test("any series gives finite figures, in their order", () => {
  const value = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: null, freq: 6 });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 14, maxLength: 60 }),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      (rest, first) => {
        const one = fitted({ values: [first, ...rest, first], daysOld: 0 });
        const { value: expectation, low, high } = foretold(one, 30);
        expect(Number.isFinite(expectation + low + high)).toBe(true);
        expect(low).toBeLessThanOrEqual(expectation);
        expect(high).toBeGreaterThanOrEqual(expectation);
      },
    ),
    { numRuns: 40 },
  );
});

test("a limit on a line is reached on the day that a ruler says", () => {
  const values = Array.from({ length: 30 }, (_, day) => 100 + 10 * day);
  const one = fitted({ values, daysOld: 0 });
  expect(growth(one.model)).toBeCloseTo(10, 4);
  expect(reaching(one, 390, 515, 180).days).toBeCloseTo(12.5, 1);
  expect(reaching(one, 390, 5000, 180)).toEqual({ days: null, soonest: null, latest: null });
});

test("with noise the soonest day comes before the expected one, the latest after it", () => {
  const noise = normalNoise(4);
  const values = Array.from({ length: 90 }, (_, day) => 100 + 5 * day + 20 * noise());
  const series = fitted({ values, daysOld: 0 });
  const now = values.at(-1) ?? 0;
  const { days, soonest, latest } = reaching(series, now, 900, 730);
  expect(days).toBeGreaterThan(50);
  expect(days).toBeLessThan(110);
  expect(soonest).toBeLessThan(days ?? 0);
  expect(latest === null || latest > (days ?? 0)).toBe(true);
});

test("too little, too many gaps, silence, no growth and no limit are each told in words", () => {
  const days = (n: number) => Array.from({ length: n }, (_, day) => day);
  expect(unfit({ values: days(13), daysOld: 0 })).toMatchObject({
    code: "short",
    words: expect.stringMatching(/in 1 day\./),
  });
  expect(unfit({ values: days(14), daysOld: 0 })).toBeNull();
  const holes = days(60).map((day) => (day % 4 === 0 ? day : null));
  expect(unfit({ values: holes, daysOld: 0 })).toMatchObject({ code: "gaps" });
  expect(unfit({ values: days(20), daysOld: 9 })).toMatchObject({
    code: "gaps",
    words: expect.stringMatching(/9 days/),
  });
  expect(noDay(100, -1, 200)).toMatchObject({ code: "flat", words: expect.stringMatching(/shrinking/) });
  expect(noDay(100, 0.01, 200)).toMatchObject({ code: "flat" });
  expect(noDay(100, 1, null)).toMatchObject({ code: "no_limit" });
  expect(noDay(100, 1, 200)).toBeNull();
  expect(noDay(200, -1, 200)).toBeNull();
});

const tried = (values: number[]) => backtest(outcomes(values), fitModel(values));

test("the past is forecast from what was known then; a trend beats 'as today', and 80 % is about 80 %", () => {
  const noise = normalNoise(9);
  const found = Array.from({ length: 12 }, () =>
    Array.from({ length: 90 }, (_, day) => 500 + 8 * day + 15 * noise()),
  ).map(tried);
  expect(found[0]).toMatchObject({ folds: 10, horizonDays: 30 });
  const average = (of: "error" | "covered") => found.reduce((sum, one) => sum + (one?.[of] ?? 0), 0) / found.length;
  expect(average("error")).toBeLessThan(0.5);
  expect(average("covered")).toBeGreaterThan(0.7);
  expect(average("covered")).toBeLessThan(0.97);
});

test("what never moves has no backtest, and nothing widens its band", () => {
  expect(tried(Array.from({ length: 40 }, () => 7))).toBeNull();
  expect(widening([], model({}))).toBe(1);
  expect(tried([1, 2, 3])).toBeNull();
});

test("what was idle for long and then grows has a band in proportion", () => {
  const noise = normalNoise(6);
  const values = Array.from({ length: 90 }, (_, day) => (day < 60 ? 8 : 8 + (day - 59) * (2 + 0.2 * noise())));
  const { high } = foretold(fitted({ values, daysOld: 0 }), 30);
  expect(high).toBeGreaterThan(90);
  expect(high).toBeLessThan(1000);
});
