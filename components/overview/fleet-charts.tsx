"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { fleetSeriesQuery } from "@/client/queries";
import { ChartsToCome } from "@/components/charts/charts-to-come";
import { useRange } from "@/components/charts/range-switch";
import { sourceLine } from "@/components/charts/source-lines";
import { TimeChart } from "@/components/charts/time-chart";
import { LoadError } from "@/components/ui/load-error";
import type { OutputOf } from "@/lib/kernel/contract";
import { type fleetSeriesContract, ranges } from "@/lib/metrics/contract";
import classes from "./overview.module.css";

type FleetSeries = OutputOf<typeof fleetSeriesContract>;

const unattributed =
  "Unattributed is what no tenant owns: the server's own processes and backends too short to be seen.";

/** The fleet's four charts, moving with the stream. */
export function FleetCharts({ measuredAt }: { measuredAt: string | null }) {
  const range = useRange();
  const { data, error, refetch } = useQuery(fleetSeriesQuery(range));
  const charts = useMemo(() => (data ? chartsOf(data) : []), [data]);
  if (!data) return error ? <LoadError what="The charts" error={error} retry={refetch} /> : <ChartsToCome />;
  const to = Date.parse(data.to);
  const shared = { from: to - ranges[range] * 1000, to, measuredAt, whose: "fleet" };
  return (
    <div className={classes.charts}>
      {charts.map((chart) => (
        <TimeChart key={chart.title} {...chart} {...shared} />
      ))}
    </div>
  );
}

function chartsOf({ series, sources }: FleetSeries) {
  return [
    {
      title: "CPU",
      metric: "cpu" as const,
      stacked: true,
      sources: [sourceLine("cpu", sources.cpu), unattributed],
      series: [
        { key: "tenants", label: "Tenants", color: "--s-blue" as const, points: series.cpu },
        { key: "rest", label: "Unattributed", color: "--s-gray" as const, points: series.cpuUnattributed },
      ],
    },
    {
      title: "Memory",
      metric: "memory" as const,
      stacked: true,
      sources: [sourceLine("memory", sources.memory), sourceLine("buffers", "pg_buffercache"), unattributed],
      series: [
        { key: "tenants", label: "Backends", color: "--s-purple" as const, points: series.memory },
        { key: "buffers", label: "Buffers", color: "--s-orange" as const, points: series.buffers },
        { key: "rest", label: "Unattributed", color: "--s-gray" as const, points: series.memoryUnattributed },
      ],
    },
    {
      title: "Storage",
      metric: "storage" as const,
      sources: [sourceLine("storage", "pg_database_size")],
      series: [{ key: "storage", label: "All databases", color: "--s-green" as const, points: series.storage }],
    },
    {
      title: "Requests and transactions",
      metric: "requests" as const,
      sources: [sourceLine("requests", "runtime"), sourceLine("transactions", "pg_stat_database")],
      series: [
        { key: "requests", label: "Requests", color: "--s-blue" as const, points: series.requests },
        {
          key: "transactions",
          label: "Transactions",
          color: "--s-orange" as const,
          points: series.transactions,
          dashed: "dashed" as const,
        },
      ],
    },
  ];
}
