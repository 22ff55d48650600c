import { niceStep } from "./chart-series";
import type { ShowValues } from "./show-values";

/** An axis of values from zero: where it ends, and how far its lines are apart. */
export type Scale = { step: number; end: number };

/** Above the peak must be so much room before an axis shrinks. */
const room = 1.25;

/**
 * The axis for a peak, held as it is while the peak fits: an axis that follows every measurement jumps, and what moves
 * then is not what was measured.
 */
export function steadyScale(held: Scale | null, peak: number, show: ShowValues): Scale {
  if (held === null || peak > held.end) return scaleFor(peak, show);
  const smaller = scaleFor(peak * room, show);
  return smaller.end < held.end ? smaller : held;
}

function scaleFor(peak: number, { binary, whole, limit }: ShowValues): Scale {
  if (limit !== null && peak <= limit) return { step: limit / 4, end: limit };
  const step = whole ? Math.max(1, niceStep(peak, binary)) : niceStep(peak, binary);
  return { step, end: Math.max(3, Math.ceil(peak / step)) * step };
}
