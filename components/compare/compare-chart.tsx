"use client";

import { useMemo } from "react";
import type { ChartSeries } from "@/components/charts/chart-series";
import { HistoryChart } from "@/components/charts/history-chart";
import { sourceLines } from "@/components/history/history-lines";
import type { analyticsCompareContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import { metrics } from "@/lib/kernel/metrics";

export type Compared = OutputOf<typeof analyticsCompareContract>;

const colors = ["blue", "orange", "green", "purple", "brick", "sky", "olive", "gray"] as const;

/** A tenant's colour on the chart and in the table, by its place among the chosen. */
export function colorAt(index: number): ChartSeries["color"] {
  return `--s-${colors[index % colors.length] ?? "blue"}`;
}

const notes = {
  absolute: "as measured",
  normalised: "percent of each tenant's own peak",
  share: "percent of the sum of the chosen tenants",
} as const;

type CompareChartProps = {
  compared: Compared;
  zoom: (from: number, to: number) => void;
  reset: () => void;
};

/** The chosen tenants on one chart; parts of the sum stand on each other. */
export function CompareChart({ compared: { tenants, metric, mode, span }, zoom, reset }: CompareChartProps) {
  const series = useMemo(
    () =>
      tenants.map(
        ({ tenant, points }, index): ChartSeries => ({
          key: tenant.id,
          label: tenant.name,
          color: colorAt(index),
          points,
        }),
      ),
    [tenants],
  );
  return (
    <HistoryChart
      title={metrics[metric].label}
      note={mode === "absolute" ? metrics[metric].unit : notes[mode]}
      metric={metric}
      {...(mode !== "absolute" && { unit: "%" })}
      series={series}
      stacked={mode === "share"}
      from={Date.parse(span.from)}
      to={Date.parse(span.to)}
      tz={span.tz}
      onZoom={zoom}
      onReset={reset}
      sources={[
        ...sourceLines(
          metric,
          tenants.flatMap(({ sources }) => sources),
        ),
        ...(mode === "share" ? ["The sum is that of those that are known at the time."] : []),
      ]}
      empty={`${metrics[metric].label} was not measured of any of them in this period.`}
      tall
    />
  );
}
