import type { Chart, ChartDataset, Plugin } from "chart.js";
import { type Columns, drawColumns, type WithColumns } from "./columns";

/** Points of a path: a long zigzag in one piece takes a renderer without a GPU ten times as long as in short ones. */
const piece = 30;

/** Points of all lines from which on they are drawn a pixel wide: that is several times as fast, and as legible. */
const many = 1500;

/** Draws the lines of datasets that have a colour; Chart.js is told a width of 0, so that it does not draw them too. */
export const linesPlugin: Plugin<"line"> = {
  id: "lines",
  afterDatasetDraw: (chart, { index }) => {
    const dataset: (ChartDataset<"line"> & WithColumns) | undefined = chart.data.datasets[index];
    if (!dataset || typeof dataset.borderColor !== "string") return;
    const { ctx } = chart;
    if (dataset.columns) return fillColumns(chart, dataset.columns, dataset.borderColor);
    const { left, top, right, bottom } = chart.chartArea;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top - 2, right - left, bottom - top + 4);
    ctx.clip();
    ctx.strokeStyle = dataset.borderColor;
    ctx.lineWidth = pointsOf(chart) > many ? 1 : 1.5;
    ctx.lineJoin = "bevel";
    if (dataset.dash) ctx.setLineDash(dataset.dash);
    strokeInPieces(chart, index, dataset.dash ? Number.POSITIVE_INFINITY : piece);
    ctx.restore();
  },
};

function fillColumns({ ctx, chartArea, scales: { x, y } }: Chart<"line">, columns: Columns, color: string): void {
  if (!x || !y) return;
  const { left, right, top, bottom } = chartArea;
  const first = x.getPixelForValue(columns.start);
  const step = x.getPixelForValue(columns.start + columns.width) - first;
  const zero = y.getPixelForValue(0);
  const perUnit = y.getPixelForValue(1) - zero;
  ctx.fillStyle = color;
  ctx.strokeStyle = color;
  drawColumns(ctx, columns, { left, right, top, bottom, first, step, yOf: (value) => zero + value * perUnit });
}

function pointsOf({ data }: Chart<"line">): number {
  return data.datasets.reduce((sum, dataset) => sum + dataset.data.length, 0);
}

function strokeInPieces(chart: Chart<"line">, index: number, longest: number): void {
  const { ctx } = chart;
  let count = 0;
  let alone: { x: number; y: number } | null = null;
  const endRun = () => {
    if (alone) dot(ctx, alone);
    alone = null;
  };
  let run = 0;
  for (const point of chart.getDatasetMeta(index).data) {
    const known = !(point as { skip?: boolean }).skip;
    if (count > 0 && known) ctx.lineTo(point.x, point.y);
    if (count > 0 && (!known || count >= longest)) {
      ctx.stroke();
      count = 0;
    }
    run = known ? run + 1 : 0;
    if (known) alone = run === 1 ? point : null;
    else endRun();
    if (!known) continue;
    if (count === 0) {
      ctx.beginPath();
      ctx.moveTo(point.x, point.y);
    }
    count++;
  }
  if (count > 1) ctx.stroke();
  endRun();
}

/** A step between two that are unknown has no line: it is a dot. */
function dot(ctx: CanvasRenderingContext2D, { x, y }: { x: number; y: number }): void {
  ctx.fillStyle = ctx.strokeStyle;
  ctx.beginPath();
  ctx.arc(x, y, 2.5, 0, 2 * Math.PI);
  ctx.fill();
}
