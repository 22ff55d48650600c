"use client";

import { useMemo } from "react";
import { OverTime } from "@/components/analytics/over-time";
import type { capacityContract } from "@/lib/forecast/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./capacity.module.css";

type Capacity = OutputOf<typeof capacityContract>;
type TrendChartsProps = { capacity: Capacity["servers"][number]; span: Capacity["span"] };

/** What a server's two small lines show, as charts: with their figures, to be zoomed and saved. */
export function TrendCharts({ capacity: { server, storage, connected }, span }: TrendChartsProps) {
  const series = useMemo(
    () => ({
      storage: [{ key: "storage", label: "All databases", color: "--s-green" as const, points: storage }],
      connections: [{ key: "connections", label: "Open", color: "--s-sky" as const, points: connected }],
    }),
    [storage, connected],
  );
  return (
    <div className={classes.charts}>
      <OverTime
        title={`Storage of ${server.name}`}
        metric="storage"
        series={series.storage}
        span={span}
        sources={["Size on disk of the tenants' databases, from pg_database_size()."]}
      />
      <OverTime
        title={`Connections of ${server.name}`}
        metric="connections"
        series={series.connections}
        span={span}
        sources={["Sessions in pg_stat_activity."]}
      />
    </div>
  );
}
