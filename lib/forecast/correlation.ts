/** Values by step; null where nothing is known. */
export type Series = readonly (number | null)[];

/** How far it is followed whether a series goes on as it went. */
const mostLags = 10;

/** By how much each step differs from the one before; null where either is unknown. */
export function differences(series: Series): (number | null)[] {
  return series.map((value, at) => {
    const before = series[at - 1];
    return value === null || before === null || before === undefined ? null : value - before;
  });
}

/** Ranks of what is known, equal values sharing the mean of their ranks; null stays null. */
export function ranks(series: Series): (number | null)[] {
  const known = series
    .flatMap((value, at) => (value === null ? [] : [{ value, at }]))
    .sort((a, b) => a.value - b.value);
  const ranked: (number | null)[] = series.map(() => null);
  for (let first = 0; first < known.length; ) {
    let after = first;
    while (known[after]?.value === known[first]?.value && after < known.length) after++;
    for (const { at } of known.slice(first, after)) ranked[at] = (first + after - 1) / 2;
    first = after;
  }
  return ranked;
}

/** Pearson's correlation of what both know, `b` read `lag` steps later; null where either does not move. */
export function correlation(a: Series, b: Series, lag = 0): { r: number; steps: number } | null {
  let [n, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let at = 0; at + lag < b.length; at++) {
    const x = a[at];
    const y = b[at + lag];
    if (x === null || y === null || x === undefined || y === undefined) continue;
    n++;
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  const spread = Math.sqrt((n * sumAA - sumA * sumA) * (n * sumBB - sumB * sumB));
  return spread > 0 ? { r: Math.max(-1, Math.min(1, (n * sumAB - sumA * sumB) / spread)), steps: n } : null;
}

/** How a series correlates with itself, 1 to 10 steps later. */
export function echoes(series: Series): number[] {
  return Array.from({ length: mostLags }, (_, at) => correlation(series, series, at + 1)?.r ?? 0);
}

/**
 * As how many independent steps the common steps of two series count (Bartlett): differences of neighbouring steps are
 * not independent, and two series that both swing would seem to agree by chance more often than they should.
 */
export function independentSteps(steps: number, echoesA: readonly number[], echoesB: readonly number[]): number {
  const shared = echoesA.reduce((sum, echo, at) => sum + echo * (echoesB[at] ?? 0), 0);
  return Math.min(steps, steps / Math.max(1, 1 + 2 * shared));
}

/** How likely a rank correlation of at least `r` is by chance: Fisher's z with Fieller's variance for ranks. */
export function chanceOf(r: number, steps: number): number {
  if (steps <= 4) return 1;
  const z = Math.atanh(Math.min(r, 1 - 1e-12)) * Math.sqrt((steps - 3) / 1.06);
  return upperTail(z);
}

/** The normal distribution's part above z, by a Chebyshev fit of erfc that is right to 1.2e-7 of its value. */
export function upperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const fit = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ];
  const sum = fit.reduceRight((rest, coefficient) => coefficient + t * rest, 0);
  const above = 0.5 * t * Math.exp(-x * x + sum);
  return z >= 0 ? above : 1 - above;
}

/** Benjamini and Hochberg's: the share of false ones to expect when everything at least as unlikely is believed. */
export function adjusted(chances: readonly number[]): number[] {
  const order = chances.map((chance, at) => ({ chance, at })).sort((a, b) => b.chance - a.chance);
  const found = chances.map(() => 1);
  let least = 1;
  order.forEach(({ chance, at }, index) => {
    least = Math.min(least, (chance * chances.length) / (chances.length - index));
    found[at] = least;
  });
  return found;
}
