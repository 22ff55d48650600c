import type { Chart, Plugin } from "chart.js";

/** Points of a path: a long zigzag in one piece takes a renderer without a GPU ten times as long as in short ones. */
const piece = 30;

/** Draws the lines of datasets that have a colour; Chart.js is told a width of 0, so that it does not draw them too. */
export const linesPlugin: Plugin<"line"> = {
  id: "lines",
  afterDatasetDraw: (chart, { index }) => {
    const dataset = chart.data.datasets[index];
    if (!dataset || typeof dataset.borderColor !== "string") return;
    const { ctx } = chart;
    const { left, top, right, bottom } = chart.chartArea;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top - 2, right - left, bottom - top + 4);
    ctx.clip();
    ctx.strokeStyle = dataset.borderColor;
    ctx.lineWidth = 1.5;
    ctx.lineJoin = "bevel";
    const dashed = dataset.borderDash !== undefined;
    if (dashed) ctx.setLineDash([4, 3]);
    strokeInPieces(chart, index, dashed ? Number.POSITIVE_INFINITY : piece);
    ctx.restore();
  },
};

function strokeInPieces(chart: Chart<"line">, index: number, longest: number): void {
  const { ctx } = chart;
  let count = 0;
  for (const point of chart.getDatasetMeta(index).data) {
    const known = !(point as { skip?: boolean }).skip;
    if (count > 0 && known) ctx.lineTo(point.x, point.y);
    if (count > 0 && (!known || count >= longest)) {
      ctx.stroke();
      count = 0;
    }
    if (!known) continue;
    if (count === 0) {
      ctx.beginPath();
      ctx.moveTo(point.x, point.y);
    }
    count++;
  }
  if (count > 1) ctx.stroke();
}
