import type { Points } from "@/lib/history/shapes";

/** A point as it is drawn. */
export type Dot = { x: number; y: number | null };

/** What stands for all points of one strip. */
export type StandIn = "mean" | "min" | "max";

/** The index of the first point at or after a time; the length when there is none. */
export function firstAt(points: Points, time: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the point nearest to a time; -1 when there is none. */
export function nearest(points: Points, time: number): number {
  const after = firstAt(points, time);
  const before = points[after - 1];
  const next = points[after];
  if (!before) return next ? 0 : -1;
  return next && next[0] - time < time - before[0] ? after : after - 1;
}

/** Pixels that share what stands for them: a line is about that wide. */
const strip = 2;

/**
 * The points of a view, no more than one a pixel: where more fall on a strip of two pixels, the lowest and the
 * highest of them, so that no peak is lost. One neighbour at each side stays, so that lines reach the edge.
 */
export function thin(points: Points, from: number, to: number, pixels: number): Dot[] {
  const [start, end] = inView(points, from, to);
  if (end - start <= pixels) return dots(points, start, end);
  return perStrip(points, start, end, ((to - from) / pixels) * strip, extremes);
}

/** The same with one point a strip, at the same times for all series that share theirs: for stacks and bands. */
export function thinEvenly(points: Points, from: number, to: number, pixels: number, pick: StandIn): Dot[] {
  const [start, end] = inView(points, from, to);
  if (end - start <= pixels) return dots(points, start, end);
  return perStrip(points, start, end, ((to - from) / pixels) * strip, (begin, stop, out) => {
    out.push({ x: points[begin]?.[0] ?? 0, y: picked(points, begin, stop, pick) });
  });
}

function inView(points: Points, from: number, to: number): [number, number] {
  return [Math.max(0, firstAt(points, from) - 1), Math.min(points.length, firstAt(points, to) + 1)];
}

function dots(points: Points, start: number, end: number): Dot[] {
  return points.slice(start, end).map(([x, y]) => ({ x, y }));
}

type Write = (start: number, end: number, out: Dot[], points: Points) => void;

// Strips are counted from the epoch: what stands for them does not flicker while the view moves.
function perStrip(points: Points, start: number, end: number, width: number, write: Write): Dot[] {
  const out: Dot[] = [];
  let begin = start;
  let current = Math.floor((points[start]?.[0] ?? 0) / width);
  for (let index = start; index < end; index++) {
    const next = Math.floor((points[index]?.[0] ?? 0) / width);
    if (next === current) continue;
    write(begin, index, out, points);
    begin = index;
    current = next;
  }
  write(begin, end, out, points);
  return out;
}

function extremes(start: number, end: number, out: Dot[], points: Points): void {
  let [low, high] = [-1, -1];
  for (let index = start; index < end; index++) {
    const value = points[index]?.[1] ?? null;
    if (value === null) continue;
    if (low < 0 || value < (points[low]?.[1] ?? 0)) low = index;
    if (high < 0 || value > (points[high]?.[1] ?? 0)) high = index;
  }
  if (low < 0) return void out.push({ x: points[start]?.[0] ?? 0, y: null });
  for (const index of low === high ? [low] : [Math.min(low, high), Math.max(low, high)]) {
    const [x, y] = points[index] ?? [0, null];
    out.push({ x, y });
  }
}

function picked(points: Points, start: number, end: number, pick: StandIn): number | null {
  let [count, sum] = [0, 0];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = start; index < end; index++) {
    const value = points[index]?.[1] ?? null;
    if (value === null) continue;
    count++;
    sum += value;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (count === 0) return null;
  return pick === "mean" ? sum / count : pick === "min" ? low : high;
}
