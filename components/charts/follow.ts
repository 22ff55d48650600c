import classes from "./history.module.css";
import type { Drawn } from "./history-config";
import { wordsAt } from "./history-marks";
import { nearest } from "./thin";
import { timeInZone } from "./zone-clock";

/** Where a plot lies within its frame, in pixels, and what it shows. */
export type Plot = {
  left: number;
  right: number;
  top: number;
  bottom: number;
  pixelOf: (time: number) => number;
  valueTo: (value: number) => number;
  /** Milliseconds of a pixel. */
  perPixel: number;
};

type Found = { key: string; label: string; color: string; value: number | null; at: number; range: string | null };

/** The time of the measurement nearest to a moment, over all shown series; null when there is none. */
export function snap(time: number, { series, hidden }: Drawn): number | null {
  let best: number | null = null;
  for (const { key, points } of series) {
    const at = hidden.has(key) ? undefined : points[nearest(points, time)]?.[0];
    if (at !== undefined && (best === null || Math.abs(at - time) < Math.abs(best - time))) best = at;
  }
  return best;
}

/** The values at a moment, the highest first where there are many. */
export function valuesAt(time: number, drawn: Drawn): Found[] {
  const found = drawn.series
    .filter(({ key }) => !drawn.hidden.has(key))
    .map(({ key, label, color, points, band }) => {
      const index = nearest(points, time);
      const [at, value] = points[index] ?? [time, null];
      const [low, high] = [band?.low[index]?.[1] ?? null, band?.high[index]?.[1] ?? null];
      const range = low === null || high === null ? null : `${drawn.show.value(low)} – ${drawn.show.value(high)}`;
      return { key, label, color, value, at, range };
    });
  return found.length < 4 ? found : found.sort((one, other) => (other.value ?? -1) - (one.value ?? -1));
}

/** The milliseconds between two points of the series. */
export function stepOf({ series }: Drawn): number {
  const points = series.find(({ points }) => points.length > 1)?.points;
  const [first, second] = [points?.[0]?.[0], points?.[1]?.[0]];
  return first === undefined || second === undefined ? 60_000 : second - first;
}

/** What is shown at a moment, in one sentence for those who hear it. */
export function sayAt(time: number, drawn: Drawn): string {
  const { happened, marked } = wordsAt(time, stepOf(drawn) / 2, drawn);
  const values = valuesAt(time, drawn).map(
    ({ label, value }) => `${label} ${value === null ? "unknown" : drawn.show.value(value)}`,
  );
  const words = [...values, ...happened.map(({ label }) => label), ...marked.map(({ label }) => label)];
  return `${timeInZone(time, drawn.tz, stepOf(drawn))}: ${words.join(", ")}.`;
}

/** Puts the line, the dots and the box of values over a plot; the chart itself is not drawn again. */
export function follow(layer: HTMLElement, time: number | null, drawn: Drawn, plot: Plot): void {
  const at = time === null ? null : snap(time, drawn);
  const pixel = at === null ? -1 : plot.pixelOf(at);
  const [line, box] = [layer.children[0], layer.children[1]];
  if (!(line instanceof HTMLElement) || !(box instanceof HTMLElement)) return;
  const gone = time === null || at === null || pixel < plot.left - 1 || pixel > plot.right + 1;
  layer.hidden = gone;
  if (gone) return;
  const values = valuesAt(at, drawn);
  line.style.transform = `translateX(${Math.round(pixel)}px)`;
  line.style.top = `${plot.top}px`;
  line.style.height = `${plot.bottom - plot.top}px`;
  line.replaceChildren(
    ...values.flatMap(({ color, value, at: own }) => {
      if (value === null || drawn.stacked || Math.abs(own - at) > stepOf(drawn)) return [];
      const dot = element("span", classes.dot);
      dot.style.background = `var(${color})`;
      dot.style.top = `${plot.valueTo(value) - plot.top}px`;
      return [dot];
    }),
  );
  box.replaceChildren(...written(at, values, drawn, plot));
  const before = pixel > (plot.left + plot.right) / 2;
  box.style.left = before ? "auto" : `${pixel + 12}px`;
  box.style.right = before ? `${layer.clientWidth - pixel + 12}px` : "auto";
}

function written(at: number, values: Found[], drawn: Drawn, plot: Plot): HTMLElement[] {
  const { happened, marked } = wordsAt(at, Math.max(5 * plot.perPixel, stepOf(drawn) / 2), drawn);
  return [
    element("div", classes.boxTime, timeInZone(at, drawn.tz, stepOf(drawn))),
    ...values.map(({ label, color, value, range }) => {
      const row = element("div", classes.boxRow);
      const swatch = element("span", classes.boxSwatch);
      swatch.style.background = `var(${color})`;
      row.append(swatch, element("span", classes.boxLabel, label));
      row.append(element("span", classes.boxValue, drawn.show.value(value)));
      if (range !== null) row.append(element("span", classes.boxRange, range));
      return row;
    }),
    ...marked.map(({ label }) => element("div", classes.boxMark, label)),
    ...happened.slice(-3).map(({ label }) => element("div", classes.boxWords, label)),
    ...(happened.length > 3 ? [element("div", classes.boxWords, `and ${happened.length - 3} more`)] : []),
  ];
}

function element(name: "div" | "span", className: string | undefined, text?: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className ?? "";
  if (text !== undefined) made.textContent = text;
  return made;
}
