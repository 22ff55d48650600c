"use client";

import { useComputedColorScheme } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import classes from "./heat.module.css";
import { heatScale } from "./heat-colors";
import { drawHeat, type HeatRow } from "./heat-draw";
import { axisHeight, type Cell, cellAt, heatLayout, moved, rowHeight } from "./heat-layout";
import { HeatNames } from "./heat-names";
import { inkOf } from "./ink";

type HeatCanvasProps = {
  /** What it is, for those who don't see it. */
  label: string;
  rows: readonly HeatRow[];
  columns: number;
  /** The highest value of the scale; null: each row against its own peak. */
  highest: number | null;
  ticks: readonly { column: number; label: string }[];
  /** A cell in words: whose, when, and how much. */
  words: (cell: Cell) => { who: string; when: string; value: string };
  hrefOf: (row: HeatRow) => string;
  /** A cell was chosen. */
  pick: (cell: Cell) => void;
};

/** Tenants by time as colours. The pointer or the arrow keys show a cell's value; a click or Enter chooses it. */
export function HeatCanvas({ label, rows, columns, highest, ticks, words, hrefOf, pick }: HeatCanvasProps) {
  const { ref: sized, width, height } = useElementSize<HTMLElement>();
  const frame = useRef<HTMLElement>(null);
  const names = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<Cell | null>(null);
  const draw = useRef<() => void>(() => undefined);
  const scheme = useComputedColorScheme("light");
  const scale = useMemo(() => heatScale(scheme), [scheme]);
  const room = Math.max(0, width - (names.current?.offsetWidth ?? 0));
  const layout = useMemo(() => heatLayout(rows.length, columns, room), [rows.length, columns, room]);
  const here = cursor && cursor.row < rows.length && cursor.column < columns ? cursor : null;

  // What is wider than its frame begins at its newest end: once for each period, not whenever the window changes.
  const wide = layout.width > room && room > 0;
  useEffect(() => {
    if (frame.current && wide && columns > 0) frame.current.scrollLeft = frame.current.scrollWidth;
  }, [wide, columns]);

  useEffect(() => {
    draw.current = () => {
      const context = sharpen(canvas.current, Math.min(room, layout.width), Math.min(height, layout.height));
      if (!context || !canvas.current || !frame.current) return;
      const { clientWidth, clientHeight } = canvas.current;
      const { scrollLeft, scrollTop } = frame.current;
      const view = { left: scrollLeft, top: scrollTop, width: clientWidth, height: clientHeight };
      drawHeat(context, { rows, layout, highest, scale, ticks, cursor: here, ink: inkOf(canvas.current), ...view });
    };
    draw.current();
  }, [rows, layout, highest, scale, ticks, here, room, height]);

  const under = ({ clientX, clientY }: PointerEvent | MouseEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box || clientY - box.top < axisHeight) return null;
    const { scrollLeft = 0, scrollTop = 0 } = frame.current ?? {};
    return cellAt(layout, clientX - box.left + scrollLeft, clientY - box.top + scrollTop, rows.length, columns);
  };
  // Within a cell nothing changes: it is not drawn again.
  const point = (cell: Cell | null) =>
    setCursor((before) => (before?.row === cell?.row && before?.column === cell?.column ? before : cell));
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && here && event.target === event.currentTarget) return pick(here);
    if (event.key === "Escape") return setCursor(null);
    const next = moved(here, event.key, rows.length, columns);
    if (!next || !frame.current) return;
    event.preventDefault();
    setCursor(next);
    bringIntoSight(frame.current, next, layout.cell, room);
  };
  const told = here && words(here);
  return (
    <div className={classes.map}>
      <section
        ref={useMergedRef(sized, frame)}
        className={classes.frame}
        style={{ height: layout.height + (layout.width > room ? scrollBar : 0) + 1 }}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        onKeyDown={keys}
        // Drawn before the frame is shown in which it was scrolled: the rows stay beside their names.
        onScroll={() => draw.current()}
      >
        <div className={classes.inner} style={{ height: layout.height }}>
          <HeatNames ref={names} rows={rows} here={here?.row ?? null} hrefOf={hrefOf} />
          <div style={{ width: layout.width }}>
            <canvas
              ref={canvas}
              className={classes.canvas}
              onPointerMove={(event) => point(under(event))}
              onPointerLeave={() => point(null)}
              onClick={(event) => {
                const cell = under(event);
                if (cell) pick(cell);
              }}
            />
          </div>
        </div>
      </section>
      <p className={classes.told} aria-live="polite">
        {told ? (
          <>
            <bdi>{told.who}</bdi> <span>{told.when}</span> <strong>{told.value}</strong>
          </>
        ) : (
          "Point at a cell, or use the arrow keys, to read its value. A click or Enter shows the tenant at that time."
        )}
      </p>
    </div>
  );
}

/** Room for a bar below the rows, where the map is wider than its frame. */
const scrollBar = 16;

/** Gives the canvas as many pixels as the screen has, and a context that counts in CSS pixels. */
function sharpen(canvas: HTMLCanvasElement | null, width: number, height: number): CanvasRenderingContext2D | null {
  if (!canvas) return null;
  const ratio = window.devicePixelRatio || 1;
  const size = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

function bringIntoSight(frame: HTMLElement, { row, column }: Cell, cell: number, room: number): void {
  const [top, bottom] = [row * rowHeight, (row + 1) * rowHeight + axisHeight];
  if (top < frame.scrollTop) frame.scrollTop = top;
  if (bottom > frame.scrollTop + frame.clientHeight) frame.scrollTop = bottom - frame.clientHeight;
  if (column * cell < frame.scrollLeft) frame.scrollLeft = column * cell;
  if ((column + 1) * cell > frame.scrollLeft + room) frame.scrollLeft = (column + 1) * cell - room;
}
