/** What a damped Holt model is made of: ETS(A,Ad,N) in FPP3's words; `phi` of 1 is Holt's linear trend. */
export type Parameters = { alpha: number; beta: number; phi: number };

/** A model fitted to a series. */
export type Model = Parameters & {
  /** Level and trend after the last value. */
  level: number;
  trend: number;
  /** Standard deviation of the one-step errors. */
  sigma: number;
};

/** Values that the first level and trend are taken from, by a straight line through them. */
const beginning = 10;

/** Parameters that are free: three, which the errors' variance has to pay for. */
const free = 3;

const alphas = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 1];
const shares = [0, 0.02, 0.05, 0.1, 0.2, 0.4];
const phis = [0.9, 0.95, 0.98, 0.99, 1];

/**
 * Fits a model by the least sum of squared one-step errors, first over a grid, then around its best point. A value that
 * is null is unknown: level and trend go on without it. The series begins with a known value.
 */
export function fitModel(values: readonly (number | null)[]): Model {
  const start = startOf(values);
  let best = run(values, start, { alpha: 1, beta: 0, phi: 1 });
  const attempt = (given: Parameters) => {
    const found = run(values, start, given);
    if (found.squares < best.squares * (1 - 1e-9)) best = found;
  };
  for (const phi of phis)
    for (const alpha of alphas) for (const share of shares) attempt({ alpha, beta: alpha * share, phi });
  for (const width of [0.5, 0.2]) {
    const { alpha, beta, phi } = best;
    for (const a of [1 - width, 1, 1 + width])
      for (const b of [1 - width, 1, 1 + width])
        attempt({ alpha: Math.min(1, alpha * a), beta: Math.min(alpha * a, 1, beta * b), phi });
  }
  return best;
}

/** One pass over the series with given parameters. */
function run(
  values: readonly (number | null)[],
  start: { level: number; trend: number },
  { alpha, beta, phi }: Parameters,
): Model & { squares: number } {
  let { level, trend } = start;
  let squares = 0;
  let errors = 0;
  for (const value of values) {
    const expected = level + phi * trend;
    const error = value === null ? 0 : value - expected;
    level = expected + alpha * error;
    trend = phi * trend + beta * error;
    squares += error * error;
    if (value !== null) errors++;
  }
  const sigma = Math.sqrt(squares / Math.max(1, errors - free));
  return { alpha, beta, phi, level, trend, sigma, squares };
}

/** Level and trend before the first value: those of the least-squares line through the first known values. */
function startOf(values: readonly (number | null)[]): { level: number; trend: number } {
  const first = values.flatMap((value, at) => (value === null ? [] : [{ at: at + 1, value }])).slice(0, beginning);
  const meanAt = first.reduce((sum, { at }) => sum + at, 0) / first.length;
  const meanValue = first.reduce((sum, { value }) => sum + value, 0) / first.length;
  const across = first.reduce((sum, { at, value }) => sum + (at - meanAt) * (value - meanValue), 0);
  const along = first.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  const trend = along > 0 ? across / along : 0;
  return { level: meanValue - trend * meanAt, trend };
}

/** What is expected `steps` after the last value. */
export function expected({ level, trend, phi }: Model, steps: number): number {
  const damped = phi === 1 ? steps : (phi * (1 - phi ** steps)) / (1 - phi);
  return level + damped * trend;
}

/** Standard deviation of what comes `steps` after the last value, from FPP3's table of forecast variances (8.7). */
export function deviation({ alpha, beta, phi, sigma }: Model, steps: number): number {
  const h = steps;
  if (phi === 1)
    return sigma * Math.sqrt(1 + (h - 1) * (alpha ** 2 + alpha * beta * h + (beta ** 2 * h * (2 * h - 1)) / 6));
  const rest = 1 - phi;
  const growing = ((beta * phi * h) / rest ** 2) * (2 * alpha * rest + beta * phi);
  const settling =
    ((beta * phi * (1 - phi ** h)) / (rest ** 2 * (1 - phi ** 2))) *
    (2 * alpha * (1 - phi ** 2) + beta * phi * (1 + 2 * phi - phi ** h));
  return sigma * Math.sqrt(Math.max(0, 1 + alpha ** 2 * (h - 1) + growing - settling));
}
