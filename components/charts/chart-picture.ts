import { type ChartSeries, type Dash, dashes } from "./chart-series";
import type { Ink } from "./ink";

/** What stands above a chart in its saved picture: alone, nobody knows what it shows, of whom and of when. */
export type PictureHead = {
  title: string;
  /** A line each: the unit or whose it is, and the period with its zone. */
  notes: readonly string[];
  /** What each colour means. */
  legend: readonly LegendEntry[];
  /** Stands below: how the figures were measured, or that they were made up. */
  sources: readonly string[];
};

/** What was drawn, and how large it is in CSS pixels. */
export type Drawing = { canvas: HTMLCanvasElement; width: number; height: number };

type LegendEntry = { label: string; color: ChartSeries["color"] | `--t-${string}`; kind: SwatchKind };
type SwatchKind = "line" | Dash | "shaded" | "moment";

/** What a chart has besides its lines. */
type Besides = { moments: boolean; marks: boolean };

/** The legend's entries: the shown lines, and what is shaded or marked around them. */
export function legendOf(shown: readonly ChartSeries[], { moments, marks }: Besides): LegendEntry[] {
  const entry = (label: string, color: LegendEntry["color"], kind: SwatchKind): LegendEntry => ({ label, color, kind });
  const lines = shown.map(({ label, color, dashed }) => entry(label, color, dashed ?? "line"));
  const banded = shown.find(({ band }) => band);
  return [
    ...lines,
    ...(banded ? [entry(banded.dashed ? "Where it may lie" : "Lowest to highest", banded.color, "shaded")] : []),
    ...(shown.some(({ usual }) => usual) ? [entry("What is usual", "--t-muted", "shaded")] : []),
    ...(marks ? [entry("Out of the ordinary", "--t-warn", "shaded")] : []),
    ...(moments ? [entry("Something happened", "--t-muted", "moment")] : []),
  ];
}

const [edge, titleLine, noteLine, legendLine, swatch, apart, sourceLine] = [16, 22, 18, 20, 10, 18, 15] as const;

/** The drawing that a canvas on the page shows. */
export function drawingOf(canvas: HTMLCanvasElement): Drawing {
  return { canvas, width: canvas.clientWidth, height: canvas.clientHeight };
}

/** A drawing as a PNG's address: on the panel's ground, with its head above and its sources below. */
export function pictureOf({ canvas, width, height }: Drawing, head: PictureHead, ink: Ink): string {
  const ratio = width > 0 ? canvas.width / width : 1;
  const room = width;
  const made = document.createElement("canvas");
  const ctx = made.getContext("2d");
  if (!ctx) return canvas.toDataURL("image/png");
  ctx.font = fontOf(12);
  const rows = rowsOf(head.legend, room, widthIn(ctx));
  ctx.font = fontOf(11);
  const foot = head.sources.flatMap((source) => brokenInto(source, room, widthIn(ctx)));
  const top = edge + titleLine + head.notes.length * noteLine + rows.length * legendLine + 8;
  made.width = Math.round((width + 2 * edge) * ratio);
  made.height = Math.round((top + height + 8 + foot.length * sourceLine + edge) * ratio);
  ctx.scale(ratio, ratio);
  ctx.fillStyle = ink.of("--t-panel");
  ctx.fillRect(0, 0, made.width, made.height);
  writeHead(ctx, head, ink, room);
  rows.forEach((row, index) => {
    const y = edge + titleLine + head.notes.length * noteLine + (index + 0.5) * legendLine;
    for (const { entry, text, x } of row) drawEntry(ctx, { ...entry, label: text }, edge + x, y, ink);
  });
  ctx.drawImage(canvas, edge, top, width, height);
  writeFoot(ctx, foot, ink, top + height + 8);
  return made.toDataURL("image/png");
}

function writeFoot(ctx: CanvasRenderingContext2D, lines: readonly string[], ink: Ink, top: number): void {
  ctx.fillStyle = ink.muted;
  ctx.font = fontOf(11);
  lines.forEach((line, index) => {
    ctx.fillText(line, edge, top + (index + 0.5) * sourceLine);
  });
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
  const dash = kind === "line" || kind === "shaded" ? null : kind === "moment" ? [3, 2] : dashes[kind];
  if (dash) ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(kind === "moment" ? x + swatch / 2 : x, kind === "moment" ? y - 6 : y);
  ctx.lineTo(kind === "moment" ? x + swatch / 2 : x + dashed, kind === "moment" ? y + 6 : y);
  if (dash) ctx.stroke();
  else ctx.fillRect(x, y - swatch / 2, swatch, swatch);
  ctx.restore();
  ctx.fillStyle = ink.text;
  ctx.fillText(label, x + widthOfKey(kind) + 6, y);
}

/** Pixels that a dashed line needs to be known by its dashes. */
const dashed = 18;

function widthOfKey(kind: SwatchKind): number {
  return kind === "line" || kind === "shaded" || kind === "moment" ? swatch : dashed;
}

type Placed = { entry: LegendEntry; text: string; x: number };

/** The legend in rows, each no wider than there is room; what is wider by itself is cut. */
export function rowsOf(legend: readonly LegendEntry[], room: number, widthOf: (text: string) => number): Placed[][] {
  const rows: Placed[][] = [];
  let x = 0;
  for (const entry of legend) {
    const key = widthOfKey(entry.kind) + 6;
    const text = fitted(entry.label, room - key, widthOf);
    const width = key + widthOf(text);
    if (rows.length === 0 || x + width > room) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ entry, text, x });
    x += width + apart;
  }
  return rows;
}

/** A sentence in lines that are no wider than there is room. */
export function brokenInto(text: string, room: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => fitted(line, room, widthOf));
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
