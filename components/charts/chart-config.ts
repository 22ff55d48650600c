import type { Chart, ChartConfiguration, ChartDataset, TooltipItem } from "chart.js";
import type { Metric } from "@/lib/kernel/metrics";
import { type ChartSeries, dashes, peak } from "./chart-series";
import { linesPlugin } from "./history-lines";
import { faint, font, type Ink, valueAxis } from "./ink";
import { type ShowValues, showValues } from "./show-values";
import { type Scale, steadyScale } from "./steady-scale";
import type { Dot } from "./thin";
import { timeAxis } from "./time-axis";
import { timeInZone } from "./zone-clock";

type Line = ChartDataset<"line", Dot[]> & { dash?: number[] };
export type LiveDrawing = Chart<"line", Dot[]>;

/** What a live chart draws. */
export type Drawn = {
  metric: Metric;
  series: readonly ChartSeries[];
  stacked: boolean;
  from: number;
  to: number;
  /** The zone in which times are written. */
  tz: string;
};

/** Everything that stays the same while a live chart moves; `update` fills in the rest. */
export function configure(drawn: Drawn, ink: Ink): ChartConfiguration<"line", Dot[]> {
  const { metric, series, stacked, from, to, tz } = drawn;
  const show = showValues(metric);
  return {
    type: "line",
    data: { datasets: series.map((line, index) => lineOf(line, index, stacked, ink)) },
    plugins: [linesPlugin],
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      layout: { padding: { top: 6, right: 4 } },
      scales: {
        x: timeAxis({ from, to, tz, ink }),
        y: valueAxis({ ink, stacked, step: 1, top: 1, show: show.axis }),
      },
      plugins: { tooltip: tooltip(show, tz, ink) },
    },
  };
}

/** Draws new points. Gives the axis of values that holds now, to be given the next time. */
export function update(chart: LiveDrawing, drawn: Drawn, held: Scale | null): Scale {
  const { series, stacked, metric, from, to } = drawn;
  series.forEach((line, index) => {
    const dataset = chart.data.datasets[index];
    if (dataset) dataset.data = line.points.map(([x, y]) => ({ x, y }));
  });
  const scale = steadyScale(held, peak(series, stacked), showValues(metric));
  const { x, y } = chart.options.scales ?? {};
  if (x) Object.assign(x, { min: from, max: to });
  if (y) Object.assign(y, { max: scale.end });
  if (y?.ticks) Object.assign(y.ticks, { stepSize: scale.step });
  chart.update("none");
  return scale;
}

function lineOf(series: ChartSeries, index: number, stacked: boolean, ink: Ink): Line {
  const color = ink.of(series.color);
  return {
    label: series.label,
    data: [],
    borderColor: color,
    backgroundColor: faint(color, stacked ? 38 : 12),
    // `linesPlugin` draws the line, and a dot where a step stands alone: a radius that is asked for each point costs more
    // than all the rest of a chart.
    borderWidth: 0,
    pointRadius: 0,
    ...(series.dashed && { dash: dashes[series.dashed] }),
    fill: stacked ? (index === 0 ? "origin" : "-1") : series.dashed ? false : "origin",
    spanGaps: false,
    pointHitRadius: 0,
    pointHoverRadius: 3,
    pointBackgroundColor: color,
  };
}

function tooltip(show: ShowValues, tz: string, ink: Ink) {
  return {
    backgroundColor: ink.panel,
    borderColor: ink.line,
    borderWidth: 1,
    titleColor: ink.muted,
    bodyColor: ink.text,
    titleFont: { ...font(11), weight: "normal" as const },
    bodyFont: font(12),
    padding: 10,
    cornerRadius: 7,
    boxWidth: 8,
    boxHeight: 8,
    boxPadding: 6,
    callbacks: {
      title: (items: TooltipItem<"line">[]) => timeInZone(items[0]?.parsed.x ?? 0, tz, 1000),
      label: (item: TooltipItem<"line">) => `${item.dataset.label}  ${show.value(item.parsed.y)}`,
      labelColor: ({ dataset }: TooltipItem<"line">) => {
        const color = String(dataset.borderColor);
        return { borderColor: color, backgroundColor: color, borderRadius: 2 };
      },
    },
  };
}
