"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { tenantSeriesQuery } from "@/client/queries";
import type { ChartSeries, Dash } from "@/components/charts/chart-series";
import { ChartsToCome } from "@/components/charts/charts-to-come";
import { useRange } from "@/components/charts/range-switch";
import { sourceLine } from "@/components/charts/source-lines";
import { TimeChart } from "@/components/charts/time-chart";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import type { OutputOf } from "@/lib/kernel/contract";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import { ranges, type tenantSeriesContract } from "@/lib/metrics/contract";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./tenant.module.css";

type Line = { metric: Metric; label?: string; color: ChartSeries["color"]; dashed?: Dash };

type ChartOf = { title: string; note?: string; stacked?: boolean; lines: readonly [Line, ...Line[]] };

const charts: readonly ChartOf[] = [
  { title: "CPU", lines: [{ metric: "cpu", label: "CPU", color: "--s-blue" }] },
  {
    title: "Memory",
    stacked: true,
    lines: [
      { metric: "memory", label: "Backends", color: "--s-purple" },
      { metric: "buffers", color: "--s-orange" },
    ],
  },
  { title: "Storage", lines: [{ metric: "storage", label: "On disk", color: "--s-green" }] },
  {
    title: "Requests and transactions",
    lines: [
      { metric: "requests", color: "--s-blue" },
      { metric: "transactions", color: "--s-orange", dashed: "dashed" },
    ],
  },
  {
    title: "Connections",
    lines: [
      { metric: "connections", label: "Open", color: "--s-sky" },
      { metric: "pooled", label: "Held by the app", color: "--s-orange", dashed: "dashed" },
    ],
  },
  {
    title: "Cache hits",
    note: "percent, of shared buffers",
    lines: [{ metric: "cacheHit", label: "Hit ratio", color: "--s-green" }],
  },
];

/** Shown where the tenant's app uses the runtime. */
const chartsOfRuntime: readonly ChartOf[] = [
  { title: "Response time", lines: [{ metric: "latency", label: "Mean", color: "--s-blue" }] },
  { title: "Waits for a connection", lines: [{ metric: "waits", label: "Waits", color: "--s-orange" }] },
  {
    title: "Time waited",
    note: "milliseconds, mean of a wait",
    lines: [{ metric: "waitTime", label: "Mean", color: "--s-purple" }],
  },
];

/** What an app may tell of itself: its charts are in the tenant's history. */
const onlyInHistory = ["errors", "appCpu", "appMemory"] as const satisfies readonly Metric[];

/** What one tenant uses, moving with the stream. */
export function TenantCharts({ tenant: { id, slug, usage, measuredAt } }: { tenant: TenantView }) {
  const range = useRange();
  const { data, error, refetch } = useQuery(tenantSeriesQuery(id, range));
  const usesRuntime = usage.pooled !== undefined || data?.sources.pooled !== undefined;
  const drawn = useMemo(
    () => (data ? [...charts, ...(usesRuntime ? chartsOfRuntime : [])].map((chart) => chartOf(chart, data)) : []),
    [data, usesRuntime],
  );
  if (!data) return error ? <LoadError what="The charts" error={error} retry={refetch} /> : <ChartsToCome />;
  const to = Date.parse(data.to);
  const shared = { from: to - ranges[range] * 1000, to, measuredAt, whose: slug };
  const more = onlyInHistory.filter((metric) => usage[metric] !== undefined || data.sources[metric] !== undefined);
  return (
    <>
      <div className={classes.charts}>
        {drawn.map((chart) => (
          <TimeChart key={chart.title} {...chart} {...shared} />
        ))}
      </div>
      {more.length > 0 && (
        <Link href={`/tenants/${id}/history`} className={classes.tags}>
          More under History: {more.map((metric) => metrics[metric].label).join(", ")}
        </Link>
      )}
    </>
  );
}

type TenantSeries = OutputOf<typeof tenantSeriesContract>;

function chartOf({ lines, ...chart }: ChartOf, data: TenantSeries) {
  return {
    ...chart,
    metric: lines[0].metric,
    series: lines.map((line) => seriesOf(line, data)),
    sources: lines.map(({ metric }) => sourceLine(metric, data.sources[metric])),
  };
}

function seriesOf({ metric, label, color, dashed }: Line, data: TenantSeries): ChartSeries {
  const points = data.series[metric] ?? [];
  return { key: metric, label: label ?? metrics[metric].label, color, points, ...(dashed && { dashed }) };
}
