import { type Drawing, type PictureHead, pictureOf } from "@/components/charts/chart-picture";
import { heatScale } from "@/components/charts/heat-colors";
import { drawHeat } from "@/components/charts/heat-draw";
import { axisHeight, heatLayout, rowHeight } from "@/components/charts/heat-layout";
import { font, type Ink, inkOf } from "@/components/charts/ink";
import { fileName, save, saveCsv, tableToCsv } from "@/components/charts/save-chart";
import { timeTicks } from "@/components/charts/time-ticks";
import { periodInZone, tickLabel } from "@/components/charts/zone-clock";
import { inWords, showMetric } from "@/components/ui/format";
import { metrics } from "@/lib/kernel/metrics";
import type { Heat } from "./heat-table";
import { stepWords } from "./source-words";

/** Where the map's time axis has a tick, and what it says. */
export function ticksOf({ columns, span }: Heat): { column: number; label: string }[] {
  const [first, last] = [columns[0], columns.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { at, step } = timeTicks(first, last, span.tz, 7);
  return at.map((time) => ({
    column: Math.max(0, (time - first) / (span.stepSeconds * 1000)),
    label: tickLabel(time, span.tz, step),
  }));
}

/** Saves a row a tenant and a column a step with its begin (UTC), as the map has them, as CSV. */
export function saveHeat(heat: Heat, sources: readonly string[]): void {
  const { columns, rows } = heat;
  const heads = ["tenant", "tenant_id", ...columns.map((time) => new Date(time).toISOString()), "source"];
  const lines = rows.map(({ tenant, values }) => [tenant.name, tenant.id, ...values, sources.join(" ")]);
  saveCsv(tableToCsv(heads, lines), fileName(nameOf(heat), periodOf(heat), "csv"));
}

type HeatPicture = { heat: Heat; own: boolean; scheme: "light" | "dark"; sources: readonly string[] };

/** Saves the whole map, not only what is in sight, as a picture in the colours that hold at an element. */
export function saveHeatPicture(at: Element, { heat, own, scheme, sources }: HeatPicture): void {
  const ink = inkOf(at);
  const { metric, span } = heat;
  const { label, unit } = metrics[metric];
  const highest = own ? null : (heat.highest ?? 0);
  const darkest = highest === null ? "each tenant's own peak" : inWords(showMetric(metric, highest));
  const head: PictureHead = {
    title: `${label}, ${unit}`,
    notes: [`a cell is the mean of ${stepWords(span)}; from 0 to ${darkest}`, periodInZone(periodOf(heat), span.tz)],
    legend: [],
    sources,
  };
  const picture = pictureOf(drawingOf({ heat, highest, scheme, ink }), head, ink);
  save(picture, fileName(nameOf(heat), periodOf(heat), "png"));
}

/** Names beside the map, in pixels, and the most rows that a browser's canvas holds with ease. */
const [names, mostRows] = [180, 400] as const;

type Look = { heat: Heat; highest: number | null; scheme: "light" | "dark"; ink: Ink };

function drawingOf({ heat, highest, scheme, ink }: Look): Drawing {
  const rows = heat.rows.slice(0, mostRows).map(({ tenant, ...row }) => ({ ...row, id: tenant.id, name: tenant.name }));
  const layout = heatLayout(rows.length, heat.columns.length, 900);
  const [width, height] = [names + layout.width, layout.height];
  const canvas = document.createElement("canvas");
  const ratio = height > 4000 ? 1 : 2;
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const ctx = canvas.getContext("2d");
  if (!ctx) return { canvas, width, height };
  ctx.setTransform(ratio, 0, 0, ratio, names * ratio, 0);
  const whole = { left: 0, top: 0, width: layout.width, height };
  const scale = heatScale(scheme);
  drawHeat(ctx, { rows, layout, highest, scale, ticks: ticksOf(heat), cursor: null, ink, ...whole });
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const { family, size } = font(11);
  Object.assign(ctx, { font: `${size}px ${family}`, fillStyle: ink.text, textAlign: "left", textBaseline: "middle" });
  rows.forEach(({ name }, index) => {
    ctx.fillText(fitted(ctx, name), 0, axisHeight + (index + 0.5) * rowHeight);
  });
  return { canvas, width, height };
}

function fitted(ctx: CanvasRenderingContext2D, name: string): string {
  const letters = [...name];
  while (letters.length > 1 && ctx.measureText(`${letters.join("")}…`).width > names - 12) letters.pop();
  return letters.length === [...name].length ? name : `${letters.join("")}…`;
}

function periodOf({ span }: Heat): { from: number; to: number } {
  return { from: Date.parse(span.from), to: Date.parse(span.to) };
}

function nameOf({ metric }: Heat): string {
  return `${metrics[metric].label} (${metrics[metric].unit}) heat map`;
}
