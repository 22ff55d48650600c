import type { Points } from "@/lib/history/shapes";
import type { ChartSeries } from "./chart-series";
import type { View } from "./view";

/** The newest value that is known, and its step's begin; `old`: something newer should be known by then. */
export type Newest = { at: number; value: number; old: boolean };

/** Milliseconds for which nothing may be in yet: a minute is rolled up some seconds after its end. */
const patience = 3 * 60_000;

/**
 * The newest known value within a view; null where none is. Of the step that goes on nothing may be in yet, so that the
 * one before is not old, nor what is a few minutes old.
 */
export function newestKnown(points: Points, { from, to }: View): Newest | null {
  const last = points.findLastIndex(([at]) => at <= to);
  const end = points[last]?.[0] ?? to;
  const step = end - (points[last - 1]?.[0] ?? end);
  for (let index = last; index >= 0 && (points[index + 1]?.[0] ?? to) > from; index--) {
    const [at, value] = points[index] ?? [end, null];
    if (value !== null) return { at, value, old: end - at > Math.max(step, patience) };
  }
  return null;
}

/** How a chart writes its values and times. */
type Words = { value: (value: number) => string; time: (at: number) => string };

/** The chart in a sentence, for those who don't see it. */
export function inWords(title: string, series: readonly ChartSeries[], view: View, words: Words): string {
  const parts = series.map(({ label, points }) => {
    const newest = newestKnown(points, view);
    if (!newest) return `${label}: nothing measured`;
    const shown = points.flatMap(([at, value]) => (value === null || at > view.to || at < view.from ? [] : [value]));
    const low = shown.reduce((least, value) => Math.min(least, value), newest.value);
    const high = shown.reduce((most, value) => Math.max(most, value), newest.value);
    const when = newest.old ? ` (${words.time(newest.at)})` : "";
    return `${label}: newest ${words.value(newest.value)}${when}, between ${words.value(low)} and ${words.value(high)}`;
  });
  return `${title}. ${parts.join(". ")}.`;
}
