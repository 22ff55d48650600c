"use client";

import { useComputedColorScheme } from "@mantine/core";
import { Chart, Filler, LinearScale, LineController, LineElement, type Plugin, PointElement, Tooltip } from "chart.js";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useShown } from "@/client/shown";
import classes from "./chart.module.css";
import { configure, type Drawn, type LiveDrawing, update } from "./chart-config";
import { inkOf } from "./ink";
import type { Scale } from "./steady-scale";

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

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler, Tooltip, crosshair);

type ChartCanvasProps = Drawn & {
  label: string;
  /** Where the canvas is kept for whoever saves it as a picture. */
  canvas: RefObject<HTMLCanvasElement | null>;
};

/** Draws live series over time: updated in place, never animated, and not at all while nobody can see it. */
export function ChartCanvas({ label, canvas, ...drawn }: ChartCanvasProps) {
  const chart = useRef<LiveDrawing | null>(null);
  const scale = useRef<Scale | null>(null);
  const newest = useRef<Drawn>(drawn);
  const scheme = useComputedColorScheme("light");
  const shown = useShown(canvas);
  const [seen, setSeen] = useState(false);
  const made = useRef(false);
  const shape = [drawn.metric, drawn.stacked, drawn.tz, ...drawn.series.map(shapeOf)].join();
  newest.current = drawn;
  if (shown && !seen) setSeen(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew for another scheme or other series only
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const make = () => {
      if (chart.current) return;
      chart.current = new Chart(element, configure(newest.current, inkOf(element)));
      scale.current = update(chart.current, newest.current, null);
      made.current = true;
    };
    // The first time each in a task of its own: a page of charts that are made in one go answers nobody meanwhile.
    const timer = seen && !made.current ? setTimeout(make) : undefined;
    if (made.current) make();
    // Paper shows also those that nobody scrolled to.
    window.addEventListener("beforeprint", make);
    return () => {
      window.removeEventListener("beforeprint", make);
      clearTimeout(timer);
      chart.current?.destroy();
      chart.current = null;
    };
  }, [scheme, shape, seen]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again for new points or another stretch of time only
  useEffect(() => {
    if (chart.current && shown) scale.current = update(chart.current, newest.current, scale.current);
  }, [drawn.series, drawn.from, drawn.to, shown]);

  return (
    <div className={classes.canvas}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}

function shapeOf({ key, color, dashed }: Drawn["series"][number]): string {
  return `${key} ${color} ${dashed ?? ""}`;
}
