import type { Points } from "@/lib/history/shapes";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import { colors, inTurn } from "../pdf/colors";
import type { Chart } from "../pdf/document";
import { shownValue, sizeFor } from "../pdf/figures";
import { moment } from "../pdf/moments";
import { drawTimeChart, type TimeChart } from "../pdf/time-chart";
import type { Time } from "./asked";

/** Points of the page: the whole width between the margins, and half of it less the gap. */
const widths = { whole: 493, half: 235 } as const;
const heights = { whole: 118, half: 92 } as const;

export type Line = { name: string; points: Points; filled?: boolean; color?: string; dashed?: boolean };

type MetricChart = {
  title: string;
  metric: Metric;
  time: Time;
  lines: Line[];
  /** How the first line is called in words for those who do not see it. */
  of: string;
  wide?: boolean;
} & Pick<TimeChart, "band" | "marks" | "shades"> & { note?: string; legend?: Chart["legend"] };

/** A metric over time. */
export function metricChart({ title, metric, time, lines, of, wide, note = "", legend, ...more }: MetricChart): Chart {
  const values = [...lines.map(({ points }) => points), more.band?.high ?? []]
    .flat()
    .flatMap(([, value]) => value ?? []);
  const { size } = metrics[metric].unit === "MiB" ? sizeFor(Math.max(0, ...values)) : { size: 1 };
  const series = lines.map((line, index) => ({
    ...line,
    color: line.color ?? inTurn[index % inTurn.length] ?? colors.blue,
  }));
  const svg = drawTimeChart({
    ...sizes(wide),
    ...timesOf(time),
    ...{ series, size, whole: metrics[metric].digits === 0, words: (value: number) => onAxis(metric, value, size) },
    ...more,
  });
  const names = series.length > 1 ? series.map(({ name, color }) => ({ name, color })) : [];
  return {
    title,
    svg,
    note,
    legend: [...names, ...(legend ?? [])],
    alt: altOf(title, of, metric, time, lines[0]?.points ?? []),
  };
}

/** Something that is counted, over time. */
export function countChart(title: string, what: string, points: Points, time: Time): Chart {
  const svg = drawTimeChart({
    ...sizes(false),
    ...timesOf(time),
    series: [{ points, color: colors.blue, filled: true }],
    ...{ size: 1, whole: true, words: (value) => value.toLocaleString("en") },
  });
  const first = points[0]?.[1] ?? null;
  const last = points.at(-1)?.[1] ?? null;
  const alt = `${title}: from ${first ?? "unknown"} to ${last ?? "unknown"} ${what}.`;
  return { title, svg, note: "", legend: [], alt };
}

const sizes = (wide: boolean | undefined) => {
  const name = wide ? "whole" : "half";
  return { width: widths[name], height: heights[name] };
};

const timesOf = ({ from, to, tz }: Time) => ({ from: Date.parse(from), to: Date.parse(to), zone: tz });

const plain = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

function onAxis(metric: Metric, value: number, size: number): string {
  if (value === 0) return "0";
  const { unit, short } = metrics[metric];
  const name = unit === "MiB" ? sizeFor(size).name : short;
  return `${plain.format(value / size)} ${name}`.trim();
}

function altOf(title: string, of: string, metric: Metric, { tz }: Time, points: Points): string {
  const known = points.flatMap(([at, value]) => (value === null ? [] : [{ at, value }]));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return `${title}: ${of}. Nothing was measured.`;
  const highest = known.reduce((one, other) => (other.value > one.value ? other : one));
  const missing = points.length - known.length;
  const gaps = missing === 0 ? "" : ` ${missing} of ${points.length} steps were not measured.`;
  return `${title}: ${of}, ${shownValue(metric, first.value)} at first and ${shownValue(metric, last.value)} at last, highest ${shownValue(metric, highest.value)} on ${moment(highest.at, tz)}.${gaps}`;
}
