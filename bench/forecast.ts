import { z80 } from "@/lib/forecast/backtest";
import { judge } from "@/lib/forecast/detect-rules";
import { deviation, expected } from "@/lib/forecast/holt";
import { fitted } from "@/lib/forecast/outlook-rules";
import { pairsOf } from "@/lib/forecast/pairs";
import { normalNoise } from "@/lib/forecast/testing-series";
import { type HourValue, hourMs, hourOfWeek, usualOf } from "@/lib/forecast/usual";
import { changelogs, generated, ownCommits } from "./forecast-series";
import { machine, round } from "./measuring";

const past = 120;
const ahead = 30;
const perKind = 60;

/** How forecasts went: the error against "as today", and what part came within the formula's band and the widened one. */
type Went = { series: number; error: number; formula: number; widened: number; width: number; fitMs: number };

function forecasts(series: number[][]): Went {
  const sum = { mine: 0, naive: 0, formula: 0, widened: 0, width: 0, points: 0, fitMs: 0 };
  for (const values of series) {
    const known = values.slice(0, past);
    const started = performance.now();
    const { model, widening: wider } = fitted({ values: known, daysOld: 0 });
    sum.fitMs += performance.now() - started;
    sum.width += wider;
    values.slice(past, past + ahead).forEach((value, at) => {
      const off = Math.abs(value - expected(model, at + 1));
      const half = z80 * deviation(model, at + 1) + 1e-9;
      sum.mine += off;
      sum.naive += Math.abs(value - (known.at(-1) ?? 0));
      sum.formula += off <= half ? 1 : 0;
      sum.widened += off <= half * wider ? 1 : 0;
      sum.points++;
    });
  }
  return {
    series: series.length,
    error: round(sum.mine / sum.naive, 2),
    formula: round((100 * sum.formula) / sum.points, 1),
    widened: round((100 * sum.widened) / sum.points, 1),
    width: round(sum.width / series.length, 2),
    fitMs: round(sum.fitMs / series.length, 1),
  };
}

/** Stretches of `past + ahead` values from a long one, evenly over it. */
function stretches(values: number[]): number[][] {
  const length = past + ahead;
  const room = values.length - length;
  const count = Math.min(perKind, Math.floor(room / ahead) + 1);
  return Array.from({ length: Math.max(0, count) }, (_, n) => {
    const from = count === 1 ? room : Math.round((room * n) / (count - 1));
    return values.slice(from, from + length);
  });
}

/** How many of the fifth week's hours are called unusual, after four weeks of the same noise. */
function alarms(noise: () => number, tenants: number): { hours: number; alarms: number } {
  let found = 0;
  for (let tenant = 0; tenant < tenants; tenant++) {
    const values: HourValue[] = Array.from({ length: 35 * 24 }, (_, hour) => {
      const at = hour * hourMs;
      return { at, value: 40 * (hourOfWeek(at) < 120 ? 1 : 0.3) * noise() };
    });
    const until = 28 * 24 * hourMs;
    const usual = usualOf(values.slice(0, 28 * 24), until);
    for (const { at, value } of values.slice(28 * 24)) {
      const [centre, spread] = [usual.median[hourOfWeek(at)], usual.spread[hourOfWeek(at)]];
      if (centre != null && spread != null && judge("cpu", null, { value, centre, spread }).begins) found++;
    }
  }
  return { hours: tenants * 168, alarms: found };
}

/** Pairs that independent tenants with the same working day give, in rounds of 40 × 40. */
function chancePairs(rounds: number): { looked: number; found: number; roundsWithAny: number } {
  const noise = normalNoise(77);
  const result = { looked: 0, found: 0, roundsWithAny: 0 };
  const day = () => Array.from({ length: 240 }, (_, at) => 50 + 30 * Math.sin(at / 100) + 5 * noise());
  for (let turn = 0; turn < rounds; turn++) {
    const many = () => new Map(Array.from({ length: 40 }, (_, n) => [`t${n}`, day()]));
    const { pairs, looked } = pairsOf(many(), many(), 1);
    result.looked += looked;
    result.found += pairs.length;
    result.roundsWithAny += pairs.length > 0 ? 1 : 0;
  }
  return result;
}

console.log(`forecast: ${past} days known, ${ahead} days ahead, up to ${perKind} series a kind; ${machine()}`);
const kinds: Record<string, Went> = {};
for (const [name, make] of Object.entries(generated))
  kinds[name] = forecasts(Array.from({ length: perKind }, (_, n) => make(1000 + n * 17, past + ahead)));
const real = { "Debian changelogs, bytes a day": changelogs(), "this repository, lines a commit": ownCommits() };
for (const [name, values] of Object.entries(real)) {
  const series = stretches(values);
  if (series.length > 0) kinds[name] = forecasts(series);
}
console.log(
  "| series | number | error, 'as today' = 1 | within the formula's band | within the widened band | widened by | ms |",
);
console.log("|---|---|---|---|---|---|---|");
for (const [name, { series, error, formula, widened, width, fitMs }] of Object.entries(kinds))
  console.log(`| ${name} | ${series} | ${error} | ${formula} % | ${widened} % | ${width} | ${fitMs} |`);
const [first, second] = [normalNoise(5), normalNoise(6)];
const noises = {
  "normal, spread of 20 %": alarms(() => Math.max(0, 1 + 0.2 * first()), 500),
  "log-normal, spread of 30 %": alarms(() => Math.exp(0.3 * second()), 500),
};
for (const [name, { hours, alarms: count }] of Object.entries(noises))
  console.log(`anomalies, ${name}: ${count} of ${hours} hours called unusual`);
const neighbours = chancePairs(40);
console.log(
  `neighbours: ${neighbours.found} of ${neighbours.looked} pairs by chance, in ${neighbours.roundsWithAny} of 40 questions`,
);
console.log(JSON.stringify({ bench: "forecast", kinds, noises, neighbours }));
