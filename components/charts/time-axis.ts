import { font, type Ink } from "./ink";
import { timeTicks } from "./time-ticks";
import type { View } from "./view";
import { tickLabel } from "./zone-clock";

/** Pixels between two ticks of a time axis; on a phone they stand closer, so that there are enough of them. */
const tickPixels = (width: number) => (width < 400 ? 48 : 66);

type BuiltAxis = { min: number; max: number; width: number; ticks: { value: number }[] };

/** The time axis of every chart: round times by the clock of a zone, written in it. */
export function timeAxis({ from, to, tz, ink }: View & { tz: string; ink: Ink }) {
  let step = 0;
  return {
    type: "linear" as const,
    min: from,
    max: to,
    border: { color: ink.line },
    grid: { display: false },
    afterBuildTicks: (axis: BuiltAxis) => {
      const ticks = timeTicks(axis.min, axis.max, tz, Math.max(2, Math.floor(axis.width / tickPixels(axis.width))));
      step = ticks.step;
      axis.ticks = ticks.at.map((value) => ({ value }));
    },
    ticks: {
      color: ink.muted,
      font: font(11),
      maxRotation: 0,
      autoSkip: false,
      callback: (value: string | number) => tickLabel(Number(value), tz, step),
    },
  };
}
