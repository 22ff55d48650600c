import type { Points } from "./shapes";

/** What is known of a metric in a stretch of time: its mean, for how many milliseconds, and the extremes. */
export type Cell = { mean: number; ms: number; min: number; max: number };

/** Two stretches together, each weighed by its length. */
export function join(one: Cell | undefined, other: Cell): Cell {
  if (!one) return other;
  const ms = one.ms + other.ms;
  return {
    mean: (one.mean * one.ms + other.mean * other.ms) / ms,
    ms,
    min: Math.min(one.min, other.min),
    max: Math.max(one.max, other.max),
  };
}

/** One metric of one tenant over a frame: a cell for each step in which something is known. */
export type Row = { cells: (Cell | undefined)[]; last: number | null; sources: Set<string> };

/** Everything of a row in one cell; undefined where nothing is known. */
export function whole({ cells }: Pick<Row, "cells">): Cell | undefined {
  let all: Cell | undefined;
  for (const cell of cells) if (cell) all = join(all, cell);
  return all;
}

const tens = Array.from({ length: 13 }, (_, power) => 10 ** power);

/** A figure in seven digits: as exactly as anything here is measured. */
export function figure(value: number): number {
  // An answer has thousands: this way takes a tenth of the time that writing the digits and reading them again takes.
  const factor = tens[6 - Math.floor(Math.log10(Math.abs(value)))];
  return factor === undefined ? Number(value.toPrecision(7)) : Math.round(value * factor) / factor;
}

/** One value a step, with null where nothing is known. */
export function pointsOf(begins: readonly number[], value: (step: number) => number | null | undefined): Points {
  return begins.map((at, step) => {
    const found = value(step);
    return [at, found === null || found === undefined ? null : figure(found)];
  });
}
