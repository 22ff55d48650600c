import { type Cell, figure, pointsOf, type Row, whole } from "@/lib/history/cells";
import type { Frame } from "@/lib/history/span";
import { bucketMs } from "@/lib/history/steps";
import type { Over, SeriesOf } from "./shapes";

/** A metric over a frame, of a tenant of whom nothing is known. */
const nothing: Over = { avg: null, min: null, max: null, last: null, sum: null, known: 0 };

/** A tenant's metric over a whole frame. */
export function overOf(row: Row | undefined, frame: Frame): Over {
  const cell = row && whole(row);
  if (!cell) return nothing;
  const { mean, ms, min, max } = cell;
  return {
    avg: figure(mean),
    min: figure(min),
    max: figure(max),
    last: row.last === null ? null : figure(row.last),
    sum: figure((mean * ms) / 1000),
    known: Math.min(1, figure(ms / Math.max(frame.to - frame.from, bucketMs.minute))),
  };
}

/** A tenant's metric step by step. */
export function seriesView({ cells, sources }: Row, { begins }: Frame): SeriesOf {
  const of = (what: keyof Omit<Cell, "ms">) => pointsOf(begins, (step) => cells[step]?.[what]);
  return { avg: of("mean"), min: of("min"), max: of("max"), sources: [...sources].sort() };
}
