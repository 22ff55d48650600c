import { deviation, expected, fitModel, type Model } from "./holt";
import { withoutSpikes } from "./spikes";
import { mean, quantile } from "./statistics";

/** Standard deviations to either side that hold 80 % of a normal distribution. */
export const z80 = 1.2816;

/** Days that a model is fitted to at least. */
const leastDays = 10;
const mostFolds = 10;
const longestHorizon = 30;

/** Errors that are enough to say how wide the band has to be. */
const enoughErrors = 20;

/** How one prediction went: how far off what came it was, and "as today" would have been. */
export type Outcome = { fold: number; steps: number; error: number; naive: number };

/**
 * Forecasts the past from origins that roll forward, each with what was known then. Returns what each prediction was
 * wrong by, also when saying "as today". Spikes are left out as they would have been then; what came is what it was.
 */
export function outcomes(values: readonly (number | null)[]): Outcome[] {
  const horizon = Math.min(longestHorizon, Math.floor(values.length / 3));
  const origins = values.length - horizon - leastDays;
  if (horizon < 1 || origins < 0) return [];
  const folds = Math.min(mostFolds, origins + 1);
  return Array.from({ length: folds }, (_, fold) => {
    const origin = leastDays + Math.round(folds === 1 ? origins : (origins * fold) / (folds - 1));
    return foldAt(values, fold, origin, horizon);
  }).flat();
}

function foldAt(values: readonly (number | null)[], fold: number, origin: number, horizon: number): Outcome[] {
  const past = values.slice(0, origin);
  const last = past.findLast((value) => value !== null);
  if (last === undefined || last === null) return [];
  const model = fitModel(withoutSpikes(past));
  return values.slice(origin, origin + horizon).flatMap((value, at) => {
    if (value === null) return [];
    const error = Math.abs(value - expected(model, at + 1));
    return [{ fold, steps: at + 1, error, naive: Math.abs(value - last) }];
  });
}

/**
 * By how much the band of a model has to be widened so that it would have held 80 % of what came: what conformal
 * prediction does with the errors of the past. Never narrower, and 1 where too little was tried.
 */
export function widening(found: readonly Outcome[], model: Model): number {
  if (found.length < enoughErrors || model.sigma === 0) return 1;
  return Math.max(
    1,
    quantile(
      found.map((one) => inBands(one, model)),
      0.8,
    ),
  );
}

/** How far off a prediction was, in half widths of the model's band. */
function inBands({ error, steps }: Outcome, model: Model): number {
  return error / (z80 * deviation(model, steps));
}

export type Backtest = {
  folds: number;
  horizonDays: number;
  /** Mean absolute error, divided by that of "as today". */
  error: number;
  /** The part of what came that lay within the band, each fold's widened by what the others say. */
  covered: number;
};

/** How forecasting this very series went; null where it is too short for it, or never moved. */
export function backtest(found: readonly Outcome[], model: Model): Backtest | null {
  const folds = [...new Set(found.map(({ fold }) => fold))];
  const naive = mean(found.map((one) => one.naive));
  if (folds.length === 0 || naive === 0 || model.sigma === 0) return null;
  const within = folds.flatMap((fold) => {
    const width = widening(
      found.filter((one) => one.fold !== fold),
      model,
    );
    return found.filter((one) => one.fold === fold).map((one): number => (inBands(one, model) <= width ? 1 : 0));
  });
  const horizonDays = found.reduce((most, { steps }) => Math.max(most, steps), 0);
  return {
    folds: folds.length,
    horizonDays,
    error: mean(found.map(({ error }) => error)) / naive,
    covered: mean(within),
  };
}
