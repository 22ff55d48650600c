"use client";

import { useComputedColorScheme } from "@mantine/core";
import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from "chart.js";
import { type KeyboardEvent, type Ref, type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import { actOn } from "./chart-keys";
import { drawingOf, type PictureHead, pictureOf } from "./chart-picture";
import { follow, type Plot, sayAt, snap, stepOf } from "./follow";
import { type Gestures, listenTo } from "./gestures";
import classes from "./history.module.css";
import { configure, type Drawn, drawView, type HistoryDrawing } from "./history-config";
import { linesPlugin } from "./history-lines";
import { marksPlugin } from "./history-marks";
import type { HoverGroup } from "./hover-group";
import { inkOf } from "./ink";
import { moveBy, type View, zoomAround } from "./view";

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

/** What buttons outside of the canvas can do with it. */
export type CanvasHandle = {
  zoom: (factor: number) => void;
  move: (part: number) => void;
  /** The picture as a PNG's address, with a head that says what it shows. */
  picture: (head: PictureHead) => string | undefined;
};

type HistoryCanvasProps = {
  drawn: Drawn;
  /** What is to be shown; another object shows it again, also where it is the same time. */
  view: View;
  label: string;
  group: HoverGroup;
  /** Hears of every view that the person chose. */
  onView: (view: View) => void;
  onReset: () => void;
  handle: Ref<CanvasHandle>;
};

/** Draws long series over time and lets one zoom and move in them; only what the screen can show is drawn. */
export function HistoryCanvas({ drawn, view, label, group, onView, onReset, handle }: HistoryCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const selection = useRef<HTMLDivElement>(null);
  const plot = usePlot(canvas, drawn, view, (next) => {
    group.set(null);
    onView(next);
  });
  const cursor = useCursor(layer, group, plot);
  const [said, say] = useState("");

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const hover = (time: number | null) => group.set(time);
    return listenTo(element, { ...plot, hover, select: (stretch) => select(selection.current, stretch) });
  }, [group, plot]);

  useImperativeHandle(handle, () => ({
    zoom: plot.zoom,
    move: plot.move,
    picture: (head) => (canvas.current ? pictureOf(drawingOf(canvas.current), head, inkOf(canvas.current)) : undefined),
  }));

  const step = (by: 1 | -1) => {
    const shown = plot.drawn();
    const { from, to } = plot.view();
    const next = snap(
      (cursor.current ?? (by > 0 ? from - stepOf(shown) : to + stepOf(shown))) + by * stepOf(shown),
      shown,
    );
    if (next === null || next < from || next > to) return;
    group.set(next);
    say(sayAt(next, shown));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = { step, move: plot.move, zoom: plot.zoom, reset: onReset, leave: () => group.set(null) };
    if (actOn(event.key, event.shiftKey, acts)) event.preventDefault();
  };

  return (
    <div
      className={classes.plot}
      role="application"
      aria-roledescription="chart"
      aria-label={`${label} Arrow keys go from value to value, plus and minus zoom.`}
      onKeyDown={onKeyDown}
      onBlur={() => group.set(null)}
      {...{ tabIndex: 0 }}
    >
      <canvas ref={canvas} className={classes.canvas} />
      <div ref={layer} className={classes.layer} hidden aria-hidden="true">
        <div className={classes.cursor} />
        <div className={classes.box} />
      </div>
      <div ref={selection} className={classes.selection} hidden />
      <span className={classes.said} aria-live="polite">
        {said}
      </span>
    </div>
  );
}

type PlotHandle = Pick<Gestures, "view" | "area" | "show"> & {
  drawn: () => Drawn;
  zoom: (factor: number) => void;
  move: (part: number) => void;
  lies: () => Plot | null;
};

// The chart itself: made anew for another scheme or other series, else updated in place.
function usePlot(
  canvas: RefObject<HTMLCanvasElement | null>,
  drawn: Drawn,
  view: View,
  onView: (view: View) => void,
): PlotHandle {
  const chart = useRef<HistoryDrawing | null>(null);
  const made = useRef(false);
  const newest = useRef({ drawn, view, onView });
  newest.current.drawn = drawn;
  newest.current.onView = onView;
  const scheme = useComputedColorScheme("light");
  const [plot] = useState(() => handleOf(chart, newest));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest is read when it is drawn
  useEffect(() => {
    if (!canvas.current) return;
    const element = canvas.current;
    const make = () => {
      const ink = inkOf(element);
      const config = configure(newest.current.drawn, newest.current.view, ink);
      chart.current = new Chart(element, { ...config, plugins: [linesPlugin, marksPlugin(plot.drawn, ink)] });
      drawView(chart.current, newest.current.drawn, newest.current.view);
      made.current = true;
    };
    // The first time each in a task of its own: a page of charts that are made in one go answers nobody meanwhile.
    const timer = made.current ? undefined : setTimeout(make);
    if (made.current) make();
    return () => {
      clearTimeout(timer);
      chart.current?.destroy();
      chart.current = null;
    };
  }, [scheme, shapeOf(drawn)]);

  useEffect(() => {
    newest.current.view = view;
  }, [view]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again for every change of what is drawn
  useEffect(() => {
    if (chart.current) drawView(chart.current, newest.current.drawn, newest.current.view);
  }, [drawn, view]);

  return plot;
}

type Newest = { drawn: Drawn; view: View; onView: (view: View) => void };

function handleOf(chart: RefObject<HistoryDrawing | null>, newest: RefObject<Newest>): PlotHandle {
  let frame = 0;
  const draw = () => {
    frame = 0;
    if (chart.current) drawView(chart.current, newest.current.drawn, now());
  };
  // However many moves arrive within a frame, it is drawn once.
  const show = (view: View) => {
    newest.current.view = view;
    if (frame === 0) frame = requestAnimationFrame(draw);
    newest.current.onView(view);
  };
  const now = () => newest.current.view;
  return {
    drawn: () => newest.current.drawn,
    view: now,
    show,
    zoom: (factor) => show(zoomAround(now(), (now().from + now().to) / 2, factor)),
    move: (part) => show(moveBy(now(), part)),
    area: () => {
      const area = chart.current?.chartArea;
      return { left: area?.left ?? 0, width: Math.max(1, area?.width ?? 1) };
    },
    lies: () => (chart.current ? placeOf(chart.current, now()) : null),
  };
}

function useCursor(layer: RefObject<HTMLDivElement | null>, group: HoverGroup, plot: PlotHandle) {
  const cursor = useRef<number | null>(null);
  useEffect(
    () =>
      group.listen((time) => {
        cursor.current = time;
        const place = plot.lies();
        if (layer.current && place) follow(layer.current, time, plot.drawn(), place);
      }),
    [group, plot, layer],
  );
  return cursor;
}

function select(element: HTMLElement | null, stretch: { left: number; width: number } | null): void {
  if (!element) return;
  element.hidden = stretch === null;
  if (!stretch) return;
  element.style.left = `${stretch.left}px`;
  element.style.width = `${stretch.width}px`;
}

function shapeOf({ series, stacked, show, tz }: Drawn): string {
  const lines = series.map((line) => [line.key, line.label, line.color, line.dashed, !!line.band, !!line.usual].join());
  return [stacked, tz, show.axis(1), ...lines].join("|");
}

function placeOf({ chartArea, scales, width }: HistoryDrawing, { from, to }: View): Plot | null {
  const { x, y } = scales;
  if (!x || !y || !chartArea) return null;
  return {
    left: chartArea.left,
    right: chartArea.right,
    top: chartArea.top,
    bottom: chartArea.bottom,
    pixelOf: (time) => x.getPixelForValue(time),
    valueTo: (value) => y.getPixelForValue(value),
    perPixel: (to - from) / Math.max(1, width),
  };
}
