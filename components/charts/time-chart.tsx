"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Panel } from "@/components/ui/panel";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import classes from "./chart.module.css";
import { AsTableAction, HowMeasured } from "./chart-action";
import { type ChartSeries, describeSeries, hasValues } from "./chart-series";
import { Legend } from "./legend";
import { fileName, saveCsv, toCsv } from "./save-chart";
import { SaveFigures } from "./save-figures";
import { SeriesTable } from "./series-table";

const ChartCanvas = dynamic(() => import("./chart-canvas").then((module) => module.ChartCanvas), {
  ssr: false,
  loading: () => <Skeleton height="100%" radius="sm" />,
});

type TimeChartProps = {
  title: string;
  note?: string;
  /** Decides the unit. */
  metric: Metric;
  series: ChartSeries[];
  stacked?: boolean;
  from: number;
  to: number;
  /** How the figures were measured, a sentence each. */
  sources: string[];
  stale: boolean;
};

/** A chart over time with its legend, its sources, and the same figures as a table. */
export function TimeChart({ title, note, metric, series, stacked = false, from, to, sources, stale }: TimeChartProps) {
  const [asTable, setAsTable] = useState(false);
  const actions = (
    <>
      <HowMeasured title={title} sources={sources} />
      <AsTableAction title={title} asTable={asTable} toggle={() => setAsTable(!asTable)} />
      <SaveFigures
        title={title}
        save={() => saveCsv(toCsv(series, from, to, metrics[metric].unit), fileName(title, { from, to }, "csv"))}
      />
    </>
  );
  return (
    <Panel title={title} {...(note !== undefined && { note })} actions={actions} flush>
      <Legend metric={metric} series={series} stale={stale} />
      {asTable ? (
        <SeriesTable title={title} metric={metric} series={series} />
      ) : (
        <div className={classes.frame}>
          {hasValues(series) ? (
            <ChartCanvas
              metric={metric}
              series={series}
              stacked={stacked}
              from={from}
              to={to}
              label={describeSeries(title, metric, series)}
            />
          ) : (
            <p className={classes.empty}>Nothing was measured in this range yet.</p>
          )}
        </div>
      )}
    </Panel>
  );
}
