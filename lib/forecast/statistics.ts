/** What makes the median absolute deviation of normally distributed values their standard deviation. */
const normal = 1.4826;

/** The value in the middle; of an even number the mean of the two. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = inOrder(values);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** How widely values lie around `centre`: 1.4826 × the median of their absolute distances from it. */
export function spreadAround(values: readonly number[], centre: number): number {
  return normal * median(values.map((value) => Math.abs(value - centre)));
}

/** The value below which the part `p` of them lies, interpolated between neighbours (R's type 7). NaN of none. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = inOrder(values);
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** Up to so many are put in order by inserting one after the other, which is several times as fast. */
const few = 16;

function inOrder(values: readonly number[]): number[] {
  if (values.length > few) return [...values].sort((a, b) => a - b);
  const sorted: number[] = [];
  for (const value of values) {
    let at = sorted.length;
    for (; at > 0 && (sorted[at - 1] ?? 0) > value; at--) sorted[at] = sorted[at - 1] ?? 0;
    sorted[at] = value;
  }
  return sorted;
}

/** The mean; NaN of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
