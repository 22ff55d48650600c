import { count } from "@/components/ui/format";
import type { Drawing } from "./chart-picture";
import { font, type Ink } from "./ink";

/** One bar: what it stands for, and its parts from the bottom up. */
export type Bar = { label: string; parts: readonly { value: number; color: `--${string}` }[] };

const [width, height, ratio] = [880, 260, 2] as const;
const plot = { left: 48, right: 4, top: 14, bottom: 24 } as const;

/** Bars as a drawing of their own, for saved pictures: on the page they are no canvas. */
export function barsDrawing(bars: readonly Bar[], ink: Ink): Drawing {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const ctx = canvas.getContext("2d");
  if (!ctx) return { canvas, width, height };
  ctx.scale(ratio, ratio);
  const { family, size } = font(11);
  ctx.font = `${size}px ${family}`;
  ctx.textBaseline = "middle";
  const most = Math.max(1, ...bars.map(sumOf));
  drawLines(ctx, most, ink);
  const ground = height - plot.bottom;
  const wide = (width - plot.left - plot.right) / Math.max(1, bars.length);
  bars.forEach((bar, index) => {
    let y = ground;
    for (const { value, color } of bar.parts) {
      const tall = value === 0 ? 0 : Math.max(1, (value / most) * (ground - plot.top));
      ctx.fillStyle = ink.of(color);
      ctx.fillRect(plot.left + index * wide + wide * 0.06, y - tall, Math.max(0.5, wide * 0.88), tall);
      y -= tall;
    }
  });
  drawLabels(ctx, bars, wide, ink);
  return { canvas, width, height };
}

function sumOf({ parts }: Bar): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

function drawLines(ctx: CanvasRenderingContext2D, most: number, ink: Ink): void {
  ctx.textAlign = "right";
  for (const [value, y] of [
    [most, plot.top],
    [0, height - plot.bottom],
  ] as const) {
    ctx.fillStyle = ink.line;
    ctx.fillRect(plot.left, y, width - plot.left - plot.right, 1);
    ctx.fillStyle = ink.muted;
    ctx.fillText(count(value), plot.left - 8, y);
  }
}

// As many as stand beside each other.
function drawLabels(ctx: CanvasRenderingContext2D, bars: readonly Bar[], wide: number, ink: Ink): void {
  ctx.textAlign = "left";
  ctx.fillStyle = ink.muted;
  let free = 0;
  bars.forEach(({ label }, index) => {
    const x = plot.left + index * wide;
    const needed = ctx.measureText(label).width;
    if (x < free || x + needed > width) return;
    ctx.fillText(label, x, height - plot.bottom / 2);
    free = x + needed + 18;
  });
}
