import {
  adjusted,
  chanceOf,
  correlation,
  differences,
  echoes,
  independentSteps,
  ranks,
  type Series,
} from "./correlation";

/** Steps that both have to be known in, and the weakest correlation and the greatest chance that are told. */
export const leastSteps = 30;
const weakest = 0.3;
const greatestChance = 0.05;

/** By how many steps what is felt may follow. */
const lags = [0, 1, 2];

export type Pair = {
  noisy: string;
  suffers: string;
  correlation: number;
  lagSteps: number;
  steps: number;
  chance: number;
};

/**
 * Whose rise in load goes with whose rise in what is felt (`sign` of -1: with whose fall). First differences are
 * compared, not the values: two tenants with the same working hours rise and fall together all day without either
 * disturbing the other. Returns the pairs that hardly came by chance, the strongest first, and how many were looked at.
 */
export function pairsOf(
  load: ReadonlyMap<string, Series>,
  felt: ReadonlyMap<string, Series>,
  sign: 1 | -1,
): { pairs: Pair[]; looked: number } {
  const loads = [...load].map(([id, series]) => movesOf(id, series, 1));
  const feels = [...felt].map(([id, series]) => movesOf(id, series, sign));
  const looked = loads.flatMap((noisy) =>
    feels.flatMap((suffers) => (noisy.id === suffers.id ? [] : (strongest(noisy, suffers) ?? []))),
  );
  const chances = adjusted(looked.map(({ chance }) => chance));
  const pairs = looked
    .map((pair, at) => ({ ...pair, chance: chances[at] ?? 1 }))
    .filter((pair) => pair.chance <= greatestChance && pair.correlation >= weakest)
    .sort((a, b) => b.correlation - a.correlation);
  return { pairs, looked: looked.length };
}

type Moves = { id: string; ranks: Series; echoes: number[] };

/** Ranks are those among all that is known of a series: exactly Spearman's where both are known in the same steps. */
function movesOf(id: string, series: Series, sign: 1 | -1): Moves {
  const ranked = ranks(differences(series).map((value) => (value === null ? null : sign * value)));
  return { id, ranks: ranked, echoes: echoes(ranked) };
}

/**
 * A pair at the lag at which it correlates most, up or down: differences swing, so the echo of a fall looks like a rise one
 * step later. Looking at three lags counts as three tries.
 */
function strongest(noisy: Moves, suffers: Moves): Pair | null {
  let best: Pair | null = null;
  for (const lagSteps of lags) {
    const found = correlation(noisy.ranks, suffers.ranks, lagSteps);
    if (!found || found.steps < leastSteps || (best && Math.abs(found.r) <= Math.abs(best.correlation))) continue;
    const chance = chanceOf(found.r, independentSteps(found.steps, noisy.echoes, suffers.echoes));
    const shown = { correlation: found.r, steps: found.steps, chance: Math.min(1, chance * lags.length) };
    best = { noisy: noisy.id, suffers: suffers.id, lagSteps, ...shown };
  }
  return best;
}
