import type { Points } from "@/lib/history/shapes";
import { firstAt } from "./thin";

/**
 * A long series as its lowest and highest value per pixel column: the columns that have one, in order. `broken` says
 * that nothing was known between a column and the one before it.
 */
export type Columns = { at: number[]; low: number[]; high: number[]; broken: boolean[]; start: number; width: number };

/** What a dataset carries besides: columns where its points are too many to be drawn one by one, and its dashes. */
export type WithColumns = { columns?: Columns | null; dash?: number[] };

/** The columns of a view where it has more points than pixels; null where each point can be drawn. */
export function columnsOf(points: Points, from: number, to: number, pixels: number): Columns | null {
  const [begin, end] = [Math.max(0, firstAt(points, from) - 1), Math.min(points.length, firstAt(points, to) + 1)];
  if (end - begin <= pixels) return null;
  const width = (to - from) / pixels;
  // Columns are counted from the epoch: they do not flicker while the view moves.
  const first = Math.floor(from / width);
  const columns: Columns = { at: [], low: [], high: [], broken: [], start: first * width, width };
  let unknown = true;
  for (let index = begin; index < end; ) {
    const column = Math.floor((points[index]?.[0] ?? 0) / width);
    const until = (column + 1) * width;
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let point = points[index];
    do {
      const value = point?.[1] ?? null;
      if (value !== null && value < low) low = value;
      if (value !== null && value > high) high = value;
      index++;
      point = points[index];
    } while (index < end && point !== undefined && point[0] < until);
    if (low > high) unknown = true;
    else {
      columns.at.push(column - first);
      columns.low.push(low);
      columns.high.push(high);
      columns.broken.push(unknown);
      unknown = false;
    }
  }
  return columns;
}

/** Where columns are drawn: the plot's edges in CSS pixels, that of the first column, a column's width, and a value's. */
export type Ground = {
  left: number;
  right: number;
  top: number;
  bottom: number;
  first: number;
  step: number;
  yOf: (value: number) => number;
};

/**
 * Draws columns as upright bars on whole pixels, each reaching to the one before. A renderer without a GPU fills such
 * bars many times as fast as it strokes a line with as many corners, and at this density they look the same.
 */
export function drawColumns(ctx: CanvasRenderingContext2D, columns: Columns, ground: Ground): void {
  const ratio = ctx.getTransform().a || 1;
  const { left, right } = ground;
  const thick = Math.max(1, Math.round(1.5 * ratio));
  const edge = (column: number) => Math.round((ground.first + column * ground.step) * ratio);
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.lineWidth = thick;
  columns.at.forEach((column, index) => {
    const begin = edge(column);
    const end = Math.max(begin + 1, edge(column + 1));
    if (end <= left * ratio || begin >= right * ratio) return;
    const { upper, lower, middle } = reachOf(columns, index, ground, ratio);
    const y = Math.round(upper - thick / 2);
    const height = Math.max(thick, Math.round(lower + thick / 2) - y);
    // What stands alone would hardly be seen.
    const more = columns.broken[index] && (columns.broken[index + 1] ?? true) ? Math.round(ratio) : 0;
    ctx.fillRect(begin - more, y - more, end - begin + 2 * more, height + 2 * more);
    const before = columns.at[index - 1];
    if (columns.broken[index] || before === undefined || column - before < 2) return;
    ctx.beginPath();
    ctx.moveTo(edge(before + 1), reachOf(columns, index - 1, ground, ratio).middle);
    ctx.lineTo(begin, middle);
    ctx.stroke();
  });
  ctx.restore();
}

// From where to where a bar reaches: over its own values, and to the bar that it touches at its left.
function reachOf({ at, low, high, broken }: Columns, index: number, { top, bottom, yOf }: Ground, ratio: number) {
  const inside = (value: number) => Math.min(Math.max(yOf(value), top - 1), bottom + 1) * ratio;
  const [upper, lower] = [inside(high[index] ?? 0), inside(low[index] ?? 0)];
  const middle = (upper + lower) / 2;
  const joined = index > 0 && !broken[index] && (at[index] ?? 0) - (at[index - 1] ?? 0) === 1;
  if (!joined) return { upper, lower, middle };
  const [above, below] = [inside(high[index - 1] ?? 0), inside(low[index - 1] ?? 0)];
  return { upper: Math.min(upper, below), lower: Math.max(lower, above), middle };
}
