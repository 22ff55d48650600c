"use client";

import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import type { ChartSeries } from "@/components/charts/chart-series";
import { HistoryChart } from "@/components/charts/history-chart";
import type { Span } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import { searchPeriod } from "./search-period";
import { madeUpLines } from "./span-note";

type OverTimeProps = {
  title: string;
  note?: ReactNode;
  metric: Metric;
  /** Kept the same while the answer is: a new list is drawn anew. */
  series: ChartSeries[];
  stacked?: boolean;
  tall?: boolean;
  span: Span;
  sources: string[];
};

/** A chart over the page's period; the stretch that is zoomed to becomes the period of the whole page. */
export function OverTime({ span, ...chart }: OverTimeProps) {
  const [, set] = useQueryStates(searchPeriod, { history: "push" });
  const zoom = (from: number, to: number) =>
    void set({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  return (
    <HistoryChart
      {...chart}
      sources={[...chart.sources, ...madeUpLines(span)]}
      from={Date.parse(span.from)}
      to={Date.parse(span.to)}
      tz={span.tz}
      onZoom={zoom}
      onReset={() => void set({ from: null, to: null })}
    />
  );
}
