"use client";

import { ActionIcon, Skeleton, Tooltip } from "@mantine/core";
import { ChartArea, Info, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Panel } from "@/components/ui/panel";
import type { Metric } from "@/lib/kernel/metrics";
import classes from "./chart.module.css";
import { type ChartSeries, describeSeries, hasValues } from "./chart-series";
import { Legend } from "./legend";
import { SeriesTable } from "./series-table";
import { SourceText } from "./source-text";

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
    <ChartActions title={title} sources={sources} asTable={asTable} toggle={() => setAsTable(!asTable)} />
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

type ChartActionsProps = { title: string; sources: string[]; asTable: boolean; toggle: () => void };

function ChartActions({ title, sources, asTable, toggle }: ChartActionsProps) {
  const Icon = asTable ? ChartArea : Table2;
  const other = asTable ? "View as chart" : "View as table";
  return (
    <>
      <Tooltip label={<SourceText sources={sources} />}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          className={classes.action ?? ""}
          aria-label={`How ${title} is measured`}
        >
          <Info size={15} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={other}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          className={classes.action ?? ""}
          onClick={toggle}
          aria-label={`${title}: ${other}`}
        >
          <Icon size={15} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
