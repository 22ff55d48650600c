import type { Plugin } from "chart.js";
import type { ChartAnnotation, ChartMark } from "./chart-series";
import type { Drawn } from "./history-config";
import { faint, type Ink } from "./ink";
import type { Dot } from "./thin";

/** Draws what is not a series: shaded stretches behind, moments as lines, and measurements without neighbours. */
export function marksPlugin(newest: () => Drawn, ink: Ink): Plugin<"line"> {
  return {
    id: "marks",
    beforeDatasetsDraw: ({ ctx, chartArea: { top, bottom, left, right }, scales: { x } }) => {
      if (!x) return;
      ctx.save();
      for (const mark of newest().marks) {
        const begin = Math.max(left, x.getPixelForValue(mark.from));
        const end = Math.min(right, mark.to === null ? right : x.getPixelForValue(mark.to));
        if (end < left || begin > right) continue;
        const width = Math.max(3, end - begin);
        ctx.fillStyle = faint(ink.warn, 17);
        ctx.fillRect(begin, top, width, bottom - top);
        ctx.fillStyle = ink.warn;
        ctx.fillRect(begin, top, width, 2);
      }
      ctx.restore();
    },
    afterDatasetsDraw: ({ ctx, data, chartArea: { top, bottom, left, right }, scales: { x, y } }) => {
      if (!x || !y) return;
      ctx.save();
      for (const pixel of places(newest().annotations, (at) => x.getPixelForValue(at), left, right)) {
        drawMoment(ctx, pixel, top, bottom, ink);
      }
      // In a stack, a value's place follows from those below it: only areas are drawn.
      for (const dataset of newest().stacked ? [] : data.datasets) {
        if (typeof dataset.borderColor !== "string") continue;
        ctx.fillStyle = dataset.borderColor;
        for (const dot of lonely(dataset.data as Dot[])) {
          ctx.beginPath();
          ctx.arc(x.getPixelForValue(dot.x), y.getPixelForValue(dot.y ?? 0), 2, 0, 2 * Math.PI);
          ctx.fill();
        }
      }
      ctx.restore();
    },
  };
}

function drawMoment(ctx: CanvasRenderingContext2D, pixel: number, top: number, bottom: number, ink: Ink): void {
  ctx.strokeStyle = faint(ink.muted, 75);
  ctx.lineWidth = 1;
  ctx.setLineDash([3, 3]);
  ctx.beginPath();
  ctx.moveTo(pixel, top);
  ctx.lineTo(pixel, bottom);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fillStyle = ink.muted;
  ctx.beginPath();
  ctx.moveTo(pixel, top + 4);
  ctx.lineTo(pixel - 4, top - 3);
  ctx.lineTo(pixel + 4, top - 3);
  ctx.fill();
}

/** Where moments are drawn: several on one pixel are one line, and what is at an edge is drawn within it. */
export function places(
  moments: readonly ChartAnnotation[],
  of: (at: number) => number,
  left: number,
  right: number,
): Set<number> {
  const pixels = new Set<number>();
  for (const { at } of moments) {
    const place = of(at);
    if (place < left - 1 || place > right + 1) continue;
    pixels.add(Math.min(Math.floor(right) - 0.5, Math.max(Math.ceil(left) + 0.5, Math.round(place) + 0.5)));
  }
  return pixels;
}

// A measurement between two gaps has no line.
function lonely(dots: Dot[]): Dot[] {
  return dots.filter(
    ({ y }, index) => y !== null && (dots[index - 1]?.y ?? null) === null && (dots[index + 1]?.y ?? null) === null,
  );
}

/**
 * What is said about a moment: what happened within some milliseconds of it, and the stretches it lies in. What happened
 * after the newest value is said with it.
 */
export function wordsAt(
  time: number,
  within: number,
  { annotations, marks, series }: Pick<Drawn, "annotations" | "marks" | "series">,
): { happened: ChartAnnotation[]; marked: ChartMark[] } {
  const newest = Math.max(...series.map(({ points }) => points.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY));
  return {
    happened: annotations.filter(({ at }) => Math.abs(at - time) <= within || (time >= newest && at > time)),
    marked: marks.filter(({ from, to }) => from <= time && (to === null || time <= to)),
  };
}
