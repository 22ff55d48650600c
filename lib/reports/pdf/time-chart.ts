import { scaleLinear, scaleUtc } from "d3-scale";
import { area, line } from "d3-shape";
import type { Points } from "@/lib/history/shapes";
import { colors } from "./colors";
import { offsetAt, tickWords } from "./moments";

/** What a chart over time draws; times are Unix milliseconds. */
export type TimeChart = {
  from: number;
  to: number;
  zone: string;
  /** Points of the page; the words in it are as large as drawn. */
  width: number;
  height: number;
  series: { points: Points; color: string; filled?: boolean; dashed?: boolean }[];
  /** Between a low and a high value, behind everything. */
  band?: { low: Points; high: Points } | undefined;
  marks?: { at: number; color: string }[];
  /** Times that are out of the ordinary. */
  shades?: { from: number; to: number }[];
  /** A value on the axis. */
  words: (value: number) => string;
  /** By what values are divided before round ones are looked for: 1024 of MiB that are told in GiB. */
  size: number;
  /** Whole numbers alone. */
  whole?: boolean;
};

const margin = { top: 6, right: 4, bottom: 15, left: 44 };

/** A chart as SVG: from zero, with gaps where nothing was measured. */
export function drawTimeChart(chart: TimeChart): string {
  const { width, height, series, band, marks = [], shades = [] } = chart;
  const scales = scalesOf(chart);
  const known = series.some(({ points }) => points.some(([, value]) => value !== null));
  const parts = [
    ...(known ? valueAxis(chart, scales) : [notMeasured(chart)]),
    ...timeAxis(chart, scales),
    ...shades.map(({ from, to }) => shade(scales, Math.max(from, chart.from), Math.min(to, chart.to))),
    band ? bandOf(scales, band) : "",
    ...series.map((one) => drawn(scales, one)),
    ...marks.map(({ at, color }) => {
      const x = place(scales.x(at));
      return `<path d="M${x} ${margin.top}V${height - margin.bottom}" stroke="${color}" stroke-width="0.7" stroke-dasharray="2 1.5"/>`;
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Inter" font-size="6.5">${parts.join("")}</svg>`;
}

type Scales = { x: (at: number) => number; y: (value: number) => number; ticks: number[]; floor: number };

function scalesOf({ from, to, width, height, series, band, size, whole }: TimeChart): Scales {
  const values = [...series.map(({ points }) => points), band?.high ?? []].flat().flatMap(([, value]) => value ?? []);
  const highest = values.reduce((most, value) => Math.max(most, value), 0) / size;
  const y = scaleLinear([0, highest === 0 ? 1 : highest], [height - margin.bottom, margin.top]).nice(4);
  const x = scaleLinear([from, Math.max(to, from + 1)], [margin.left, width - margin.right]);
  const ticks = y.ticks(4).filter((tick) => !whole || Number.isInteger(tick));
  return { x, y: (value) => y(value / size), ticks: ticks.map((tick) => tick * size), floor: height - margin.bottom };
}

function notMeasured({ width, height }: TimeChart): string {
  const words = `<text x="${width / 2}" y="${height / 2}" text-anchor="middle" fill="${colors.words}">not measured</text>`;
  return `<path d="M${margin.left} ${height - margin.bottom}H${width - margin.right}" stroke="${colors.grid}" stroke-width="0.5"/>${words}`;
}

function valueAxis({ width, words }: TimeChart, { y, ticks }: Scales): string[] {
  return ticks.map((tick) => {
    const at = place(y(tick));
    const grid = `<path d="M${margin.left} ${at}H${width - margin.right}" stroke="${colors.grid}" stroke-width="0.5"/>`;
    return `${grid}<text x="${margin.left - 5}" y="${at + 2.3}" text-anchor="end" fill="${colors.words}">${escaped(words(tick))}</text>`;
  });
}

/** Round times by the zone's own clock. */
function timeAxis({ from, to, zone, width, height }: TimeChart, { x }: Scales): string[] {
  const shifted = scaleUtc([from + offsetAt(from, zone), to + offsetAt(to, zone)], [0, 1]);
  const ticks = shifted.ticks(Math.max(3, Math.floor(width / 75))).map((date) => {
    const local = date.getTime();
    return local - offsetAt(local - offsetAt(local, zone), zone);
  });
  const inside = ticks.filter((at) => x(at) >= margin.left + 8 && x(at) <= width - margin.right - 10);
  return inside.map((at) => {
    const left = place(x(at));
    const tick = `<path d="M${left} ${height - margin.bottom}v2.5" stroke="${colors.words}" stroke-width="0.5"/>`;
    return `${tick}<text x="${left}" y="${height - 4}" text-anchor="middle" fill="${colors.words}">${tickWords(at, zone, to - from)}</text>`;
  });
}

function drawn(scales: Scales, { points, color, filled, dashed }: TimeChart["series"][number]): string {
  const known = ([, value]: Points[number]) => value !== null;
  const left = ([at]: Points[number]) => place(scales.x(at));
  const up = ([, value]: Points[number]) => place(scales.y(value ?? 0));
  const under = filled ? area<Points[number]>().defined(known).x(left).y0(scales.floor).y1(up)(points) : null;
  const over = line<Points[number]>().defined(known).x(left).y(up)(points);
  const alone = points.filter(
    (point, index) =>
      known(point) && (points[index - 1]?.[1] ?? null) === null && (points[index + 1]?.[1] ?? null) === null,
  );
  return [
    under ? `<path d="${under}" fill="${color}" fill-opacity="0.13"/>` : "",
    over
      ? `<path d="${over}" fill="none" stroke="${color}" stroke-width="1" stroke-linejoin="round"${dashed ? ' stroke-dasharray="3 2"' : ""}/>`
      : "",
    ...alone.map((point) => `<circle cx="${left(point)}" cy="${up(point)}" r="1" fill="${color}"/>`),
  ].join("");
}

function bandOf(scales: Scales, { low, high }: NonNullable<TimeChart["band"]>): string {
  const both = low.map(([at, value], index) => ({ at, low: value, high: high[index]?.[1] ?? null }));
  const path = area<(typeof both)[number]>()
    .defined((one) => one.low !== null && one.high !== null)
    .x(({ at }) => place(scales.x(at)))
    .y0((one) => place(scales.y(one.low ?? 0)))
    .y1((one) => place(scales.y(one.high ?? 0)))(both);
  return path ? `<path d="${path}" fill="${colors.slate}" fill-opacity="0.14"/>` : "";
}

function shade({ x, floor }: Scales, from: number, to: number): string {
  const left = place(x(from));
  const width = Math.max(0.8, place(x(to)) - left);
  return `<rect x="${left}" y="${margin.top}" width="${place(width)}" height="${floor - margin.top}" fill="${colors.brick}" fill-opacity="0.18"/>`;
}

const place = (value: number) => Math.round(value * 100) / 100;

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
