"use client";

import { madeUpLines } from "@/components/analytics/span-note";
import type { ChartSeries } from "@/components/charts/chart-series";
import { HistoryChart } from "@/components/charts/history-chart";
import { inWords, showMetric } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import type { Points, Span } from "@/lib/history/shapes";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import classes from "./neighbours.module.css";
import { type FeltMetric, highestOf, type LoadMetric, ofOwnPeak, type Pair } from "./words";

type PairDetailProps = { pair: Pair; load: LoadMetric; felt: FeltMetric; span: Span };

/** Both series of a pair on one chart, each as a part of its own highest, and the ways to both histories. */
export function PairDetail({ pair, load, felt, span }: PairDetailProps) {
  const series: ChartSeries[] = [
    {
      key: "load",
      label: `${pair.noisy.name}: ${metrics[load].label}`,
      color: "--s-orange",
      points: ofOwnPeak(pair.load),
    },
    {
      key: "felt",
      label: `${pair.suffers.name}: ${metrics[felt].label}`,
      color: "--s-blue",
      points: ofOwnPeak(pair.felt),
    },
  ];
  const highest = { load: peakWords(load, pair.load), felt: peakWords(felt, pair.felt) };
  return (
    <div className={classes.detail}>
      <HistoryChart
        title="Both over time"
        note="each in percent of its own highest"
        metric={load}
        unit="%"
        series={series}
        from={Date.parse(span.from)}
        to={Date.parse(span.to)}
        tz={span.tz}
        figure={({ key }) => (key === "load" ? highest.load : highest.felt)}
        sources={[
          `${metrics[load].label} of ${pair.noisy.name}: ${highest.load}.`,
          `${metrics[felt].label} of ${pair.suffers.name}: ${highest.felt}.`,
          "Both from the history of usage, a point a step.",
          ...madeUpLines(span),
        ]}
      />
      <p className={classes.ways}>
        <Link href={historyPath(pair.noisy.id, load, span)}>History of {pair.noisy.name}</Link>
        <Link href={historyPath(pair.suffers.id, felt, span)}>History of {pair.suffers.name}</Link>
      </p>
    </div>
  );
}

function peakWords(metric: Metric, points: Points): string {
  const highest = highestOf(points);
  return highest === null ? "unknown" : `100 % = ${inWords(showMetric(metric, highest))}`;
}

function historyPath(tenant: string, metric: Metric, { from, to }: Span): string {
  return `/tenants/${tenant}/history?${new URLSearchParams({ from, to, metric })}`;
}
