import type { Chart, ChartConfiguration, ChartDataset } from "chart.js";
import { type ChartAnnotation, type ChartMark, type ChartSeries, dashes, niceStep } from "./chart-series";
import { type Columns, columnsOf, type WithColumns } from "./columns";
import { faint, type Ink, valueAxis } from "./ink";
import type { ShowValues } from "./show-values";
import { type Dot, type StandIn, thin, thinEvenly } from "./thin";
import { timeAxis } from "./time-axis";
import type { View } from "./view";

export type HistoryDrawing = Chart<"line", Dot[]>;
type Line = ChartDataset<"line", Dot[]> & WithColumns;

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
        x: timeAxis({ ...view, tz: drawn.tz, ink }),
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
      ...(series.dashed && { dash: dashes[series.dashed] }),
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

/** Shows a view: thins every series out to the pixels at hand, and lets the values' axis follow. */
export function drawView(chart: HistoryDrawing, drawn: Drawn, view: View): void {
  const pixels = Math.max(50, Math.round(chart.width - 70));
  const sets = drawn.series.flatMap((series) => setsOf(series, drawn, view, pixels));
  chart.data.datasets.forEach((dataset: Line, index) => {
    const set = sets[index];
    dataset.data = set?.dots ?? [];
    dataset.columns = set?.columns ?? null;
  });
  const { x, y } = chart.options.scales ?? {};
  if (x) Object.assign(x, { min: view.from, max: view.to });
  const top = (of: Shown["usual"]) =>
    highest(
      sets.filter(({ usual }) => usual === of),
      drawn.stacked,
    );
  const { step, end, ends } = axisFor({ own: top(undefined), low: top("low"), high: top("high") }, drawn.show);
  if (y) Object.assign(y, { suggestedMax: end, max: ends ? end : undefined });
  if (y?.ticks) Object.assign(y.ticks, { stepSize: step });
  chart.update("none");
}

/** What is drawn of a line, or an edge; `usual`: of what is usual. */
type Shown = { dots: Dot[]; columns?: Columns | null; usual?: "low" | "high" };

function setsOf(series: ChartSeries, { hidden, stacked }: Drawn, { from, to }: View, pixels: number): Shown[] {
  const { usual, band, points, key } = series;
  const gone = hidden.has(key);
  const even = (of: ChartSeries["points"], pick: StandIn, strips = pixels): Shown => ({
    dots: gone ? [] : thinEvenly(of, from, to, strips, pick),
  });
  // A faint edge needs fewer corners than a line, and filling it is what takes longest.
  const edge = (of: ChartSeries["points"], pick: StandIn) => even(of, pick, pixels / 2);
  return [
    ...(usual
      ? [
          { ...edge(usual.low, "min"), usual: "low" as const },
          { ...edge(usual.high, "max"), usual: "high" as const },
        ]
      : []),
    ...(band ? [edge(band.low, "min"), edge(band.high, "max")] : []),
    stacked ? even(points, "mean") : gone ? { dots: [] } : lineOf(series, { from, to }, pixels),
  ];
}

// A dashed line is never drawn as columns: they have no dashes.
function lineOf({ points, dashed }: ChartSeries, { from, to }: View, pixels: number): Shown {
  const columns = dashed ? null : columnsOf(points, from, to, pixels);
  return columns ? { dots: [], columns } : { dots: thin(points, from, to, pixels) };
}

function highest(sets: Shown[], stacked: boolean): number {
  const sums = new Map<number, number>();
  let top = 0;
  for (const { dots, columns } of sets) {
    for (const { x, y } of dots) {
      const value = (y ?? 0) + (stacked ? (sums.get(x) ?? 0) : 0);
      if (stacked) sums.set(x, value);
      top = Math.max(top, value);
    }
    for (const value of columns?.high ?? []) top = Math.max(top, value);
  }
  return top;
}

/** The highest of what is shown: of the lines and their ranges, and of both edges of what is usual. */
export type Tops = { own: number; low: number; high: number };

/**
 * The axis' step and end; `ends`: exactly there, however the sum was rounded. What is usual may reach beyond it, so that
 * one wild hour of some weeks ago does not press the line to the ground; its lower edge is always seen.
 */
export function axisFor(
  { own, low, high }: Tops,
  { binary, whole, limit }: ShowValues,
): { step: number; end: number; ends: boolean } {
  const room = Math.max(own * 2, low * 1.25);
  const value = high > room && room > 0 ? room : Math.max(own, high);
  if (limit !== null && own <= limit * 1.001) return { step: limit / 4, end: limit, ends: true };
  const wanted = niceStep(value, binary);
  const step = whole ? Math.max(1, wanted) : wanted;
  if (value < high) return { step, end: Math.max(3, Math.ceil(value / step)) * step, ends: true };
  return { step, end: Math.max(step * 3, value), ends: false };
}
