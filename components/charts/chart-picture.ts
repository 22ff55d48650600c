import type { ChartSeries } from "./chart-series";
import { type Ink, inkOf } from "./ink";

/** What stands above a chart in its saved picture: alone, nobody knows what it shows, of whom and of when. */
export type PictureHead = {
  title: string;
  /** A line each: the unit or whose it is, and the period with its zone. */
  notes: readonly string[];
  /** What each colour means. */
  legend: readonly LegendEntry[];
};

type LegendEntry = { label: string; color: ChartSeries["color"] | "--t-muted" | "--t-warn"; kind: SwatchKind };
type SwatchKind = "line" | "dashed" | "shaded" | "moment";

/** What a chart has besides its lines. */
type Besides = { moments: boolean; marks: boolean };

/** The legend's entries: the shown lines, and what is shaded or marked around them. */
export function legendOf(shown: readonly ChartSeries[], { moments, marks }: Besides): LegendEntry[] {
  const entry = (label: string, color: LegendEntry["color"], kind: SwatchKind): LegendEntry => ({ label, color, kind });
  const lines = shown.map(({ label, color, dashed }) => entry(label, color, dashed ? "dashed" : "line"));
  const banded = shown.find(({ band }) => band);
  return [
    ...lines,
    ...(banded ? [entry(banded.dashed ? "Where it may lie" : "Lowest to highest", banded.color, "shaded")] : []),
    ...(shown.some(({ usual }) => usual) ? [entry("What is usual", "--t-muted", "shaded")] : []),
    ...(marks ? [entry("Out of the ordinary", "--t-warn", "shaded")] : []),
    ...(moments ? [entry("Something happened", "--t-muted", "moment")] : []),
  ];
}

const [edge, titleLine, noteLine, legendLine, swatch, apart] = [16, 22, 18, 20, 10, 18] as const;

/** A chart's canvas as a PNG's address: on the panel's ground, with its head above. */
export function pictureOf(chart: HTMLCanvasElement, head: PictureHead): string {
  const ratio = chart.clientWidth > 0 ? chart.width / chart.clientWidth : 1;
  const width = chart.width / ratio + 2 * edge;
  const ink = inkOf(chart);
  const made = document.createElement("canvas");
  const ctx = made.getContext("2d");
  if (!ctx) return chart.toDataURL("image/png");
  ctx.font = fontOf(12);
  const rows = rowsOf(head.legend, width - 2 * edge, (text) => ctx.measureText(text).width);
  const top = edge + titleLine + head.notes.length * noteLine + rows.length * legendLine + 8;
  made.width = Math.round(width * ratio);
  made.height = Math.round((top + edge) * ratio) + chart.height;
  ctx.scale(ratio, ratio);
  ctx.fillStyle = ink.of("--t-panel");
  ctx.fillRect(0, 0, made.width, made.height);
  writeHead(ctx, head, ink, width - 2 * edge);
  rows.forEach((row, index) => {
    const y = edge + titleLine + head.notes.length * noteLine + (index + 0.5) * legendLine;
    for (const { entry, text, x } of row) drawEntry(ctx, { ...entry, label: text }, edge + x, y, ink);
  });
  ctx.drawImage(chart, edge, top, chart.width / ratio, chart.height / ratio);
  return made.toDataURL("image/png");
}

function writeHead(ctx: CanvasRenderingContext2D, { title, notes }: PictureHead, ink: Ink, room: number): void {
  ctx.textBaseline = "middle";
  ctx.fillStyle = ink.text;
  ctx.font = fontOf(15, 600);
  ctx.fillText(fitted(title, room, widthIn(ctx)), edge, edge + titleLine / 2);
  ctx.fillStyle = ink.muted;
  ctx.font = fontOf(12);
  notes.forEach((note, index) => {
    ctx.fillText(fitted(note, room, widthIn(ctx)), edge, edge + titleLine + (index + 0.5) * noteLine);
  });
}

function drawEntry(ctx: CanvasRenderingContext2D, entry: LegendEntry, x: number, y: number, ink: Ink): void {
  const { kind, label } = entry;
  ctx.save();
  ctx.fillStyle = ctx.strokeStyle = ink.of(entry.color);
  ctx.globalAlpha = kind === "shaded" ? 0.3 : 1;
  ctx.lineWidth = 2;
  if (kind === "dashed") ctx.setLineDash([4, 2]);
  if (kind === "moment") ctx.setLineDash([3, 2]);
  ctx.beginPath();
  ctx.moveTo(kind === "moment" ? x + swatch / 2 : x, kind === "moment" ? y - 6 : y);
  ctx.lineTo(kind === "moment" ? x + swatch / 2 : x + swatch, kind === "moment" ? y + 6 : y);
  if (kind === "dashed" || kind === "moment") ctx.stroke();
  else ctx.fillRect(x, y - swatch / 2, swatch, swatch);
  ctx.restore();
  ctx.fillStyle = ink.text;
  ctx.fillText(label, x + swatch + 6, y);
}

type Placed = { entry: LegendEntry; text: string; x: number };

/** The legend in rows, each no wider than there is room; what is wider by itself is cut. */
export function rowsOf(legend: readonly LegendEntry[], room: number, widthOf: (text: string) => number): Placed[][] {
  const rows: Placed[][] = [];
  let x = 0;
  for (const entry of legend) {
    const text = fitted(entry.label, room - swatch - 6, widthOf);
    const width = swatch + 6 + widthOf(text);
    if (rows.length === 0 || x + width > room) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ entry, text, x });
    x += width + apart;
  }
  return rows;
}

function fitted(text: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join("")}…`) > room) letters.pop();
  return `${letters.join("")}…`;
}

function widthIn(ctx: CanvasRenderingContext2D): (text: string) => number {
  return (text) => ctx.measureText(text).width;
}

function fontOf(size: number, weight = 400): string {
  return `${weight} ${size}px 'Inter Variable', system-ui, sans-serif`;
}
