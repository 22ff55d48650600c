import { heatColor } from "./heat-colors";
import { axisHeight, type Cell, type HeatLayout, rowHeight } from "./heat-layout";
import { font, type Ink } from "./ink";

/** What the heat map shows: a row of values for each tenant; null where nothing is known. */
export type HeatRow = { id: string; name: string; peak: number | null; values: readonly (number | null)[] };

export type HeatDrawing = {
  rows: readonly HeatRow[];
  layout: HeatLayout;
  /** The highest value of the scale; null: each row against its own peak. */
  highest: number | null;
  scale: readonly string[];
  ticks: readonly { column: number; label: string }[];
  cursor: Cell | null;
  ink: Ink;
  /** What of the map is in sight. */
  left: number;
  top: number;
  width: number;
  height: number;
};

/** Draws what is in sight of the map, and nothing else: the canvas is never larger than its frame. */
export function drawHeat(context: CanvasRenderingContext2D, drawing: HeatDrawing): void {
  const { rows, layout, left, top, width, height } = drawing;
  context.clearRect(0, 0, width, height);
  const hatch = hatched(context, drawing.ink.line);
  const firstRow = Math.max(0, Math.floor(top / rowHeight));
  const lastRow = Math.min(rows.length, Math.ceil((top + height) / rowHeight));
  const firstColumn = Math.max(0, Math.floor(left / layout.cell));
  const lastColumn = Math.ceil((left + width) / layout.cell);
  for (let index = firstRow; index < lastRow; index++) {
    const row = rows[index];
    if (!row) continue;
    const y = axisHeight + index * rowHeight - top;
    const highest = drawing.highest ?? row.peak ?? 0;
    for (let column = firstColumn; column < Math.min(lastColumn, row.values.length); column++) {
      const value = row.values[column] ?? null;
      context.fillStyle = value === null ? hatch : heatColor(drawing.scale, value, highest);
      const x = Math.round(column * layout.cell - left);
      const next = Math.round((column + 1) * layout.cell - left);
      context.fillRect(x, y, next - x - (layout.cell > 7 ? 1 : 0), rowHeight - 1);
    }
  }
  drawAxis(context, drawing);
  drawCursor(context, drawing);
}

function drawAxis(context: CanvasRenderingContext2D, { layout, ticks, ink, left, width }: HeatDrawing): void {
  context.fillStyle = ink.panel;
  context.fillRect(0, 0, width, axisHeight - 1);
  context.fillStyle = ink.muted;
  const { family, size } = font(11);
  context.font = `${size}px ${family}`;
  context.textBaseline = "middle";
  for (const { column, label } of ticks) {
    const x = column * layout.cell - left;
    if (x < 0 || x > width) continue;
    context.fillRect(Math.round(x), axisHeight - 5, 1, 4);
    // A label that would be cut off at an edge begins or ends there.
    context.textAlign = x < 20 ? "left" : x > width - 24 ? "right" : "center";
    context.fillText(label, Math.min(Math.max(x, 0), width), axisHeight / 2 - 2);
  }
}

function drawCursor(context: CanvasRenderingContext2D, { cursor, layout, ink, left, top }: HeatDrawing): void {
  if (!cursor) return;
  const x = cursor.column * layout.cell - left;
  const y = axisHeight + cursor.row * rowHeight - top;
  if (y < axisHeight - rowHeight) return;
  context.lineWidth = 3;
  context.strokeStyle = ink.panel;
  context.strokeRect(x - 0.5, y - 0.5, layout.cell, rowHeight);
  context.lineWidth = 1.5;
  context.strokeStyle = ink.text;
  context.strokeRect(x - 0.5, y - 0.5, layout.cell, rowHeight);
}

/** Thin slanted lines: nothing is known there, which no colour may say. */
function hatched(context: CanvasRenderingContext2D, color: string): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const pen = tile.getContext("2d");
  if (!pen) return "transparent";
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift, 6);
    pen.lineTo(shift + 6, 0);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat") ?? "transparent";
}
