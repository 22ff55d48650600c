/** Heights and widths of the heat map in pixels. */
export const rowHeight = 20;
export const axisHeight = 24;
const narrowest = 5;

/** A cell by its row and column. */
export type Cell = { row: number; column: number };

/** What of the map is in sight, and how wide its cells are. */
export type HeatLayout = {
  /** All columns together. */
  width: number;
  cell: number;
  /** All rows and the axis. */
  height: number;
};

/** How large the map is in a frame: cells fill it, but are never too narrow to be hit. */
export function heatLayout(rows: number, columns: number, room: number): HeatLayout {
  const cell = Math.max(narrowest, room / Math.max(1, columns));
  return { width: cell * columns, cell, height: axisHeight + rows * rowHeight };
}

/** The cell under a point of the whole map; null beside it. */
export function cellAt(layout: HeatLayout, x: number, y: number, rows: number, columns: number): Cell | null {
  const column = Math.floor(x / layout.cell);
  const row = Math.floor((y - axisHeight) / rowHeight);
  return row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : null;
}

const moves: Record<string, readonly [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, Number.NEGATIVE_INFINITY],
  End: [0, Number.POSITIVE_INFINITY],
};

/** Where a key leads from a cell; null for other keys. The first move shows the newest cell of the first row. */
export function moved(from: Cell | null, key: string, rows: number, columns: number): Cell | null {
  const move = moves[key];
  if (!move) return null;
  if (!from) return { row: 0, column: columns - 1 };
  const within = (value: number, length: number) => Math.min(length - 1, Math.max(0, value));
  return { row: within(from.row + move[0], rows), column: within(from.column + move[1], columns) };
}
