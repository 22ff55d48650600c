"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { analyticsPerformanceQuery } from "@/client/analytics-queries";
import type { ChartSeries } from "@/components/charts/chart-series";
import { ExportMenu } from "@/components/reports/export-menu";
import { PageHeader } from "@/components/ui/page-header";
import type { analyticsPerformanceContract } from "@/lib/analytics/contract";
import type { performanceMetrics } from "@/lib/analytics/shapes";
import type { OutputOf } from "@/lib/kernel/contract";
import { metrics } from "@/lib/kernel/metrics";
import { Answer } from "./answer";
import answer from "./answer.module.css";
import { DistributionPanel } from "./distribution-panel";
import { OverTime } from "./over-time";
import { PeriodBar } from "./period-bar";
import { resourceTop } from "./resource-names";
import { meansWords } from "./source-words";
import { madeUpLines, SpanNote } from "./span-note";
import { TenantFilterBar } from "./tenant-filter-bar";
import { useAnalyticsInput } from "./use-analytics";
import { WorstTenants } from "./worst-tenants";

type Performance = OutputOf<typeof analyticsPerformanceContract>;

type Shown = {
  metric: (typeof performanceMetrics)[number];
  title: string;
  of: string;
  color: ChartSeries["color"];
  how: string;
};

const weighed =
  "Each tenant counts by how many there were; where that is unknown, it is in the lists below but not in this line.";

const charts: readonly Shown[] = [
  { metric: "latency", title: "Response time", of: "Mean", color: "--s-orange", how: weighed },
  { metric: "errors", title: "Errors", of: "All tenants", color: "--s-purple", how: "The sum over tenants." },
  {
    metric: "waits",
    title: "Waits for a connection",
    of: "All tenants",
    color: "--s-blue",
    how: "The sum over tenants.",
  },
  { metric: "waitTime", title: "Time waited", of: "Mean", color: "--s-sky", how: weighed },
  { metric: "cacheHit", title: "Cache hits", of: "Mean", color: "--s-green", how: "The mean over tenants." },
];

/** How fast tenants were served over a period, who had it worst, and how that is spread. */
export function PerformanceScreen() {
  const input = useAnalyticsInput();
  const query = useQuery(analyticsPerformanceQuery({ ...input, top: resourceTop }));
  return (
    <>
      <PageHeader title="Performance" note={<SpanNote span={query.data?.span} compares />}>
        <ExportMenu table="performance" what="Who was served worst" input={input} />
        <PeriodBar />
      </PageHeader>
      <TenantFilterBar />
      <Answer what="Performance" query={query} parts={[340, 300, 260, 260]} nobody={nothingKnown}>
        {(performance) => <Body performance={performance} />}
      </Answer>
    </>
  );
}

function nothingKnown({ worst }: Performance): boolean {
  return Object.values(worst).every((list) => list.length === 0);
}

function Body({ performance }: { performance: Performance }) {
  const { span, series, worst, distributions } = performance;
  const [first, ...others] = useMemo(
    () =>
      charts.map(({ metric, title, of, color, how }) => ({
        title,
        metric,
        note: metrics[metric].unit,
        series: [{ key: metric, label: of, color, points: series[metric] ?? [] }],
        sources: [how, meansWords(span)],
      })),
    [series, span],
  );
  return (
    <>
      {first && <OverTime {...first} span={span} tall />}
      <WorstTenants worst={worst} />
      <div className={answer.charts}>
        {others.map((chart) => (
          <OverTime key={chart.metric} {...chart} span={span} />
        ))}
      </div>
      <div className={answer.thirds}>
        {charts.map(({ metric, title }) => (
          <DistributionPanel
            key={metric}
            title={`${title} by tenant`}
            metric={metric}
            distribution={distributions[metric]}
            sources={["The mean of each tenant over the period.", ...madeUpLines(span)]}
          />
        ))}
      </div>
    </>
  );
}
