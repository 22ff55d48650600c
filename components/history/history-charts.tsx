"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { madeUpLines } from "@/components/analytics/span-note";
import { HistoryChart } from "@/components/charts/history-chart";
import type { TenantHistory } from "@/lib/analytics/shapes";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import classes from "./history.module.css";
import { lineOf, marksOf, sourceLines } from "./history-lines";
import { kindOf, type Layer, searchHistory } from "./search-history";

type HistoryChartsProps = { history: TenantHistory; known: readonly Metric[]; hidden: readonly Layer[] };

/** A chart a metric; all of them show the same time, and the moment at which the pointer is. */
export function HistoryCharts({ history, known, hidden }: HistoryChartsProps) {
  const moments = useMemo(
    () =>
      history.annotations.map(({ at, type, description, actor }) => ({
        at: Date.parse(at),
        label: `${description} (${actor})`,
        kind: kindOf(type),
      })),
    [history.annotations],
  );
  return (
    <div className={classes.charts}>
      {known.map((metric) => (
        <MetricChart key={metric} metric={metric} history={history} moments={moments} hidden={hidden} />
      ))}
    </div>
  );
}

type MetricChartProps = {
  metric: Metric;
  history: TenantHistory;
  moments: { at: number; label: string; kind: string }[];
  hidden: readonly Layer[];
};

function MetricChart({ metric, history, moments, hidden }: MetricChartProps) {
  const [, set] = useQueryStates(searchHistory);
  const [range, usual] = [!hidden.includes("range"), !hidden.includes("usual")];
  const series = useMemo(() => [lineOf(metric, history, { range, usual })], [metric, history, range, usual]);
  const marks = useMemo(() => marksOf(metric, history), [metric, history]);
  const zoom = (period: { from: string | null; to: string | null }) => void set(period, { history: "push" });
  return (
    <div id={metric} className={classes.place}>
      <HistoryChart
        title={metrics[metric].label}
        whose={history.tenant.slug}
        note={metrics[metric].unit}
        metric={metric}
        series={series}
        annotations={moments}
        marks={marks}
        from={Date.parse(history.span.from)}
        to={Date.parse(history.span.to)}
        tz={history.span.tz}
        onZoom={(from, to) => zoom({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })}
        onReset={() => zoom({ from: null, to: null })}
        sources={[...sourceLines(metric, history.series[metric]?.sources ?? []), ...madeUpLines(history.span)]}
        momentsBelow={false}
      />
    </div>
  );
}
