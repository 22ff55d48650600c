import { goesOn, opens, spreadThatCounts, type Watched, watched } from "./usual";

export type Direction = "high" | "low";

/** A stretch of unusual hours that has not ended. */
export type Stretch = { direction: Direction; peak: number; expected: number; score: number };

/** How far a value is from what is usual, in spreads that count; positive above. */
function scoreOf(metric: Watched, value: number, centre: number, spread: number): number {
  return (value - centre) / spreadThatCounts(metric, centre, spread);
}

export type Hour = { value: number; centre: number; spread: number };

/** What an hour does to the stretch that is open: what is open after it, and whether that began with this hour. */
export function judge(
  metric: Watched,
  open: Stretch | null,
  hour: Hour | null,
): { open: Stretch | null; begins: boolean } {
  if (!hour) return { open: null, begins: false };
  const score = scoreOf(metric, hour.value, hour.centre, hour.spread);
  const direction: Direction = score > 0 ? "high" : "low";
  const far = Math.abs(score);
  const stretch = { direction, peak: hour.value, expected: hour.centre, score: far };
  if (open?.direction === direction && far >= goesOn) {
    return { open: far > open.score ? stretch : open, begins: false };
  }
  const told = (watched[metric].directions as readonly Direction[]).includes(direction);
  return far >= opens && told ? { open: stretch, begins: true } : { open: null, begins: false };
}
