import type { Chart, ChartConfiguration, ChartDataset } from "chart.js";
import { type ChartAnnotation, type ChartMark, type ChartSeries, niceStep } from "./chart-series";
import { faint, font, type Ink, valueAxis } from "./ink";
import type { ShowValues } from "./show-values";
import { type Dot, type StandIn, thin, thinEvenly } from "./thin";
import { timeTicks } from "./time-ticks";
import type { View } from "./view";
import { tickLabel } from "./zone-clock";

export type HistoryDrawing = Chart<"line", Dot[]>;
type Line = ChartDataset<"line", Dot[]>;

/** What a history canvas draws. */
export type Drawn = {
  series: ChartSeries[];
  hidden: ReadonlySet<string>;
  stacked: boolean;
  show: ShowValues;
  tz: string;
  annotations: readonly ChartAnnotation[];
  marks: readonly ChartMark[];
};

/** Pixels between two ticks of the time axis. */
const tickPixels = 92;

/** Everything that stays the same while a chart is zoomed and moved; `drawView` fills in the rest. */
export function configure(drawn: Drawn, view: View, ink: Ink): ChartConfiguration<"line", Dot[]> {
  return {
    type: "line",
    data: { datasets: drawn.series.flatMap((series, index) => linesOf(series, index, drawn.stacked, ink)) },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      maintainAspectRatio: false,
      // The pointer is followed by `follow` over the full series: the drawn points are thinned out.
      events: [],
      layout: { padding: { top: 8, right: 4 } },
      scales: {
        x: timeAxis(view, drawn, ink),
        y: valueAxis({ ink, stacked: drawn.stacked, step: 1, top: 1, show: drawn.show.axis }),
      },
    },
  };
}

function linesOf(series: ChartSeries, index: number, stacked: boolean, ink: Ink): Line[] {
  const color = ink.of(series.color);
  const below = stacked ? (index === 0 ? "origin" : "-1") : false;
  return [
    ...(series.usual ? bandOf(faint(ink.muted, 16)) : []),
    ...(series.band ? bandOf(faint(color, 18)) : []),
    {
      ...bare,
      label: series.label,
      borderColor: color,
      backgroundColor: faint(color, stacked ? 42 : 10),

      fill: below,
      ...(series.dashed && { borderDash: [4, 3] }),
    },
  ];
}

const bare = { data: [], pointRadius: 0, pointHitRadius: 0, borderWidth: 0, spanGaps: false } satisfies Partial<Line>;

function bandOf(color: string): Line[] {
  return [
    { ...bare, fill: false },
    { ...bare, fill: "-1", backgroundColor: color },
  ];
}

function timeAxis(view: View, { tz }: Drawn, ink: Ink) {
  let step = 0;
  return {
    type: "linear" as const,
    min: view.from,
    max: view.to,
    border: { color: ink.line },
    grid: { display: false },
    afterBuildTicks: (axis: { min: number; max: number; width: number; ticks: { value: number }[] }) => {
      const ticks = timeTicks(axis.min, axis.max, tz, Math.max(2, Math.floor(axis.width / tickPixels)));
      step = ticks.step;
      axis.ticks = ticks.at.map((value) => ({ value }));
    },
    ticks: {
      color: ink.muted,
      font: font(11),
      maxRotation: 0,
      autoSkip: false,
      callback: (value: string | number) => tickLabel(Number(value), tz, step),
    },
  };
}

/** Shows a view: thins every series out to the pixels at hand, and lets the values' axis follow. */
export function drawView(chart: HistoryDrawing, drawn: Drawn, view: View): void {
  const pixels = Math.max(50, Math.round(chart.width - 70));
  const sets: Dot[][] = drawn.series.flatMap((series) => dotsOf(series, drawn, view, pixels));
  chart.data.datasets.forEach((dataset, index) => {
    dataset.data = sets[index] ?? [];
  });
  const { x, y } = chart.options.scales ?? {};
  if (x) Object.assign(x, { min: view.from, max: view.to });
  const { step, top } = axisFor(highest(sets, drawn.stacked), drawn.show);
  if (y) Object.assign(y, { suggestedMax: top });
  if (y?.ticks) Object.assign(y.ticks, { stepSize: step });
  chart.update("none");
}

function dotsOf(series: ChartSeries, { hidden, stacked }: Drawn, { from, to }: View, pixels: number): Dot[][] {
  const { usual, band, points, key } = series;
  const gone = hidden.has(key);
  const even = (of: ChartSeries["points"], pick: StandIn) => (gone ? [] : thinEvenly(of, from, to, pixels, pick));
  return [
    ...(usual ? [even(usual.low, "min"), even(usual.high, "max")] : []),
    ...(band ? [even(band.low, "min"), even(band.high, "max")] : []),
    stacked ? even(points, "mean") : gone ? [] : thin(points, from, to, pixels),
  ];
}

function highest(sets: Dot[][], stacked: boolean): number {
  const sums = new Map<number, number>();
  let top = 0;
  for (const { x, y } of sets.flat()) {
    const value = (y ?? 0) + (stacked ? (sums.get(x) ?? 0) : 0);
    if (stacked) sums.set(x, value);
    top = Math.max(top, value);
  }
  return top;
}

function axisFor(value: number, { binary, whole, limit }: ShowValues): { step: number; top: number } {
  if (limit !== null && value <= limit * 1.001) return { step: limit / 4, top: limit };
  const wanted = niceStep(value, binary);
  const step = whole ? Math.max(1, wanted) : wanted;
  return { step, top: step * 3 };
}
