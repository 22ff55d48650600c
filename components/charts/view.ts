/** The stretch of time that a chart shows, Unix milliseconds. */
export type View = { from: number; to: number };

/** The shortest stretch that can be zoomed to. */
export const shortest = 60_000;

/** The longest. */
export const longest = 5 * 366 * 86_400_000;

/** A view zoomed around a time that keeps its place: `factor` below 1 shows less time. */
export function zoomAround({ from, to }: View, at: number, factor: number): View {
  const span = Math.min(longest, Math.max(shortest, (to - from) * factor));
  const part = (at - from) / (to - from);
  const begin = Math.round(at - part * span);
  return { from: begin, to: begin + Math.round(span) };
}

/** A view moved by a part of its length; below 0 is earlier. */
export function moveBy({ from, to }: View, part: number): View {
  const by = Math.round((to - from) * part);
  return { from: from + by, to: to + by };
}

/** The view between two times in either order, no shorter than the shortest. */
export function between(one: number, other: number): View {
  const from = Math.round(Math.min(one, other));
  const to = Math.round(Math.max(one, other));
  if (to - from >= shortest) return { from, to };
  const middle = Math.round((from + to) / 2);
  return { from: middle - shortest / 2, to: middle + shortest / 2 };
}

/** A view that does not reach beyond a time: it keeps its length and moves back. */
export function notBeyond({ from, to }: View, latest: number): View {
  const over = Math.max(0, to - latest);
  return { from: from - over, to: to - over };
}
