"use client";

import { useMemo } from "react";
import { madeUpLines } from "@/components/analytics/span-note";
import type { ChartSeries } from "@/components/charts/chart-series";
import { HistoryChart } from "@/components/charts/history-chart";
import { tenantLooks } from "@/components/charts/tenant-lines";
import { sourceLines } from "@/components/history/history-lines";
import type { analyticsCompareContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import { metrics } from "@/lib/kernel/metrics";

export type Compared = OutputOf<typeof analyticsCompareContract>;

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
  const series = useMemo(() => {
    const looks = tenantLooks(tenants.map(({ tenant }) => tenant.id));
    return tenants.map(
      ({ tenant, points }, index): ChartSeries => ({
        key: tenant.id,
        label: tenant.name,
        color: "--s-gray",
        ...looks[index],
        points,
      }),
    );
  }, [tenants]);
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
        ...madeUpLines(span),
      ]}
      empty={`${metrics[metric].label} was not measured of any of them in this period.`}
      tall
    />
  );
}
