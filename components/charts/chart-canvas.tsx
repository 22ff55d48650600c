"use client";

import "chartjs-adapter-date-fns";
import { useComputedColorScheme } from "@mantine/core";
import {
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  type Tick,
  TimeScale,
  Tooltip,
  type TooltipItem,
} from "chart.js";
import { useEffect, useRef } from "react";
import { viewerZone } from "@/client/zone";
import { inWords, showMetric, showOnAxis } from "@/components/ui/format";
import { exactTime } from "@/components/ui/time";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import classes from "./chart.module.css";
import { type ChartSeries, niceStep, peak } from "./chart-series";
import { faint, font, type Ink, inkOf, valueAxis } from "./ink";
import { tickLabel } from "./zone-clock";

type Line = ChartDataset<"line", { x: number; y: number | null }[]>;
type Config = ChartConfiguration<"line", { x: number; y: number | null }[]>;

type ChartCanvasProps = {
  metric: Metric;
  series: ChartSeries[];
  stacked: boolean;
  from: number;
  to: number;
  label: string;
};

const crosshair: Plugin<"line"> = {
  id: "crosshair",
  afterDatasetsDraw: (chart) => {
    const x = chart.tooltip?.opacity ? chart.tooltip.caretX : undefined;
    if (x === undefined) return;
    const { ctx, chartArea } = chart;
    ctx.save();
    ctx.strokeStyle = String(chart.options.scales?.x?.border?.color ?? "gray");
    ctx.beginPath();
    ctx.moveTo(x, chartArea.top);
    ctx.lineTo(x, chartArea.bottom);
    ctx.stroke();
    ctx.restore();
  },
};

Chart.register(LineController, LineElement, PointElement, LinearScale, TimeScale, Filler, Tooltip, crosshair);

/** Draws series over time. The only place that knows Chart.js; it is updated in place and never animated. */
export function ChartCanvas(props: ChartCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<"line", Line["data"]> | null>(null);
  const newest = useRef(props);
  const scheme = useComputedColorScheme("light");
  const shape = `${props.metric} ${props.stacked} ${props.series.map(({ key, color }) => key + color).join()}`;
  newest.current = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew for another scheme or other series only
  useEffect(() => {
    if (!canvas.current) return;
    const drawn = new Chart(canvas.current, configure(newest.current, inkOf(canvas.current)));
    chart.current = drawn;
    return () => {
      chart.current = null;
      drawn.destroy();
    };
  }, [scheme, shape]);

  useEffect(() => {
    if (chart.current) update(chart.current, props);
  }, [props]);

  return (
    <div className={classes.canvas}>
      <canvas ref={canvas} role="img" aria-label={props.label} />
    </div>
  );
}

function update(chart: Chart<"line", Line["data"]>, props: ChartCanvasProps): void {
  props.series.forEach((series, index) => {
    const dataset = chart.data.datasets[index];
    if (dataset) dataset.data = data(series);
  });
  const { x, y } = chart.options.scales ?? {};
  if (x) Object.assign(x, { min: props.from, max: props.to });
  if (y) Object.assign(y, { suggestedMax: top(props) });
  if (y?.ticks) Object.assign(y.ticks, { stepSize: step(props) });
  chart.update("none");
}

function configure(props: ChartCanvasProps, ink: Ink): Config {
  return {
    type: "line",
    data: { datasets: props.series.map((series, index) => line(series, index, props.stacked, ink)) },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      layout: { padding: { top: 6, right: 2 } },
      scales: { x: timeAxis(props, ink), y: values(props, ink) },
      plugins: { tooltip: tooltip(props, ink) },
    },
  };
}

function line(series: ChartSeries, index: number, stacked: boolean, ink: Ink): Line {
  const color = ink.of(series.color);
  return {
    label: series.label,
    data: data(series),
    borderColor: color,
    backgroundColor: faint(color, stacked ? 38 : 12),
    borderWidth: 1.5,
    borderJoinStyle: "round",
    ...(series.dashed && { borderDash: [4, 3] }),
    fill: stacked ? (index === 0 ? "origin" : "-1") : series.dashed ? false : "origin",
    spanGaps: false,
    pointRadius: lonely,
    pointHitRadius: 0,
    pointHoverRadius: 3,
    pointBackgroundColor: color,
  };
}

// A single measurement between two gaps has no line; it is drawn as a dot.
function lonely({ dataset, dataIndex }: { dataset: object; dataIndex: number }): number {
  const points = (dataset as Line).data;
  return points[dataIndex - 1]?.y == null && points[dataIndex + 1]?.y == null ? 2 : 0;
}

function data(series: ChartSeries): { x: number; y: number | null }[] {
  return series.points.map(([x, y]) => ({ x, y }));
}

function timeAxis({ from, to }: ChartCanvasProps, ink: Ink) {
  return {
    type: "time" as const,
    min: from,
    max: to,
    time: { minUnit: "second" as const, displayFormats: { second: "HH:mm:ss", minute: "HH:mm", hour: "HH:mm" } },
    border: { color: ink.line },
    grid: { display: false },
    ticks: {
      color: ink.muted,
      callback: tickTime,
      maxRotation: 0,
      maxTicksLimit: 6,
      autoSkipPadding: 16,
      font: font(11),
    },
  };
}

// Chart.js places ticks by the browser's clock; they are named by the viewer's.
function tickTime(value: number | string, _index: number, ticks: Tick[]): string {
  const [first, second] = ticks;
  return tickLabel(Number(value), viewerZone(), first && second ? second.value - first.value : 60_000);
}

function values(props: ChartCanvasProps, ink: Ink) {
  const show = (value: number) => showOnAxis(props.metric, value);
  return valueAxis({ ink, stacked: props.stacked, step: step(props), top: top(props), show });
}

function step({ metric, series, stacked }: ChartCanvasProps): number {
  if (metric === "cacheHit") return 25;
  const { unit, digits } = metrics[metric];
  const wanted = niceStep(peak(series, stacked), unit === "MiB");
  return digits === 0 ? Math.max(1, wanted) : wanted;
}

function top(props: ChartCanvasProps): number {
  return step(props) * (props.metric === "cacheHit" ? 4 : 3);
}

function tooltip({ metric }: ChartCanvasProps, ink: Ink) {
  return {
    backgroundColor: ink.panel,
    borderColor: ink.line,
    borderWidth: 1,
    titleColor: ink.muted,
    bodyColor: ink.text,
    titleFont: font(11),
    bodyFont: font(12),
    padding: 10,
    cornerRadius: 7,
    boxWidth: 8,
    boxHeight: 8,
    boxPadding: 6,
    callbacks: {
      title: (items: TooltipItem<"line">[]) => exactTime(items[0]?.parsed.x ?? 0),
      label: (item: TooltipItem<"line">) =>
        `${item.dataset.label}  ${item.parsed.y === null ? "—" : inWords(showMetric(metric, item.parsed.y))}`,
      labelColor: ({ dataset }: TooltipItem<"line">) => {
        const color = String(dataset.borderColor);
        return { borderColor: color, backgroundColor: color, borderRadius: 2 };
      },
    },
  };
}
