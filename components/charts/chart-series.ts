import { inWords, showMetric } from "@/components/ui/format";
import type { Points } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";

/** Lower and upper edge of what is shaded behind a line. */
export type Band = { low: Points; high: Points };

/** How a line is dashed where its colour alone would not tell it from another. */
export type Dash = "dashed" | "dotted" | "dash-dot";

/**
 * One line or band of a chart; `color` is a CSS variable, so that it follows the theme: `--s-` for what is measured,
 * `--m-` for a tenant, whose colour it is on every page.
 */
export type ChartSeries = {
  key: string;
  label: string;
  color: `--s-${string}` | `--m-${string}`;
  points: Points;
  dashed?: Dash;
  /** Shaded in the line's colour behind it: lowest to highest, or a forecast's edges. Drawn by the history chart. */
  band?: Band;
  /** What is usual there, shaded in gray. Drawn by the history chart. */
  usual?: Band;
};

/** Something that happened at a moment, drawn as a line across the chart. */
export type ChartAnnotation = { at: number; label: string; kind: string };

/** A stretch that is shaded, with words that say why; it goes on where `to` is null. */
export type ChartMark = { from: number; to: number | null; label: string };

/** The highest value that the chart has to show. */
export function peak(series: readonly ChartSeries[], stacked: boolean): number {
  const tops = new Map<number, number>();
  for (const { points } of series) {
    for (const [time, value] of points) {
      const below = tops.get(time) ?? 0;
      tops.set(time, stacked ? below + (value ?? 0) : Math.max(below, value ?? 0));
    }
  }
  return Array.from(tops.values()).reduce((highest, top) => Math.max(highest, top), 0);
}

/** Lengths of a dash's strokes and gaps, in pixels. */
export const dashes: Record<Dash, number[]> = { dashed: [5, 3], dotted: [1.5, 3], "dash-dot": [7, 3, 1.5, 3] };

/** A step of about a quarter of the peak, at a round number: of two for sizes, of ten for the rest. */
export function niceStep(highest: number, binary: boolean): number {
  const wanted = Math.max(highest, binary ? 1 / 64 : 0.2) / 4;
  if (binary) return 2 ** Math.ceil(Math.log2(wanted));
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= wanted) ?? 10 * power;
}

/** The chart in a sentence, for those who don't see it. */
export function describeSeries(title: string, metric: Metric, series: readonly ChartSeries[]): string {
  const parts = series.map(({ label, points }) => {
    const values = points.map(([, value]) => value).filter((value) => value !== null);
    const show = (value: number) => inWords(showMetric(metric, value));
    const last = points.at(-1)?.[1] ?? null;
    if (values.length === 0) return `${label}: nothing measured`;
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return `${label}: now ${last === null ? "unknown" : show(last)}, between ${show(low)} and ${show(high)}`;
  });
  return `${title}. ${parts.join(". ")}.`;
}

/** Whether there is anything to draw. */
export function hasValues(series: readonly ChartSeries[]): boolean {
  return series.some(({ points }) => points.some(([, value]) => value !== null));
}
