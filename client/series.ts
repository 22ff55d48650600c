import type { Points } from "@/lib/history/shapes";

const gapSteps = 4;

/**
 * Adds a measurement to a series: within the step of the last point it replaces that point, after a long
 * silence it leaves a gap, and points from before `from` are dropped.
 */
export function appendPoint(
  points: Points,
  next: { time: number; value: number | null },
  stepMs: number,
  from: number,
): Points {
  const bucket = Math.floor(next.time / stepMs) * stepMs;
  const last = points.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
  const kept = points.slice(firstInside(points, from), last >= bucket ? -1 : undefined);
  if (kept.length > 0 && bucket - last > gapSteps * stepMs) kept.push([last + stepMs, null]);
  kept.push([Math.max(bucket, last), next.value]);
  return kept;
}

// One point before the window stays, so that the line reaches the edge.
function firstInside(points: Points, from: number): number {
  const index = points.findIndex(([time]) => time >= from);
  return Math.max(0, (index < 0 ? points.length : index) - 1);
}

/** The newest value that is not a gap at the very end; null when the newest point is unknown. */
export function newestValue(points: Points): number | null {
  return points.at(-1)?.[1] ?? null;
}
