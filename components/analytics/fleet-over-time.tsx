"use client";

import { useMemo } from "react";
import type { ChartSeries } from "@/components/charts/chart-series";
import { Link } from "@/components/ui/link";
import type { analyticsOverviewContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import type { Metric } from "@/lib/kernel/metrics";
import answer from "./answer.module.css";
import { useCarry } from "./carry";
import { OverTime } from "./over-time";
import { meansWords, unattributed } from "./source-words";

type FleetOverview = OutputOf<typeof analyticsOverviewContract>;

const charts: readonly { metric: Metric; title: string; of: string; color: ChartSeries["color"]; href: string }[] = [
  { metric: "cpu", title: "CPU", of: "Tenants", color: "--s-blue", href: "/analytics/use/cpu" },
  { metric: "memory", title: "Memory", of: "Backends", color: "--s-purple", href: "/analytics/use/memory" },
  { metric: "storage", title: "Storage", of: "All databases", color: "--s-green", href: "/analytics/use/storage" },
  { metric: "requests", title: "Requests", of: "All tenants", color: "--s-blue", href: "/analytics/use/requests" },
  { metric: "latency", title: "Response time", of: "Mean", color: "--s-orange", href: "/analytics/performance" },
  { metric: "errors", title: "Errors", of: "All tenants", color: "--s-purple", href: "/analytics/performance" },
];

/** The fleet's charts, each leading to the page about it. */
export function FleetOverTime({ overview }: { overview: FleetOverview }) {
  const carry = useCarry();
  const drawn = useMemo(() => charts.map((chart) => ({ ...chart, series: seriesOf(chart, overview) })), [overview]);
  return (
    <div className={answer.charts}>
      {drawn.map(({ metric, title, href, series }) => (
        <OverTime
          key={metric}
          title={title}
          note={
            <Link href={carry(href)} aria-label={`${title}: details`}>
              details
            </Link>
          }
          metric={metric}
          series={series}
          stacked={series.length > 1}
          span={overview.span}
          sources={[
            "The tenants' figures together. By what they were measured is said on the page with the details.",
            meansWords(overview.span),
            ...(series.length > 1 ? [unattributed] : []),
          ]}
        />
      ))}
    </div>
  );
}

function seriesOf({ metric, of, color }: (typeof charts)[number], { series, unattributed: rest }: FleetOverview) {
  const all: ChartSeries[] = [{ key: "tenants", label: of, color, points: series[metric] ?? [] }];
  const beside = metric === "cpu" || metric === "memory" ? rest?.[metric] : undefined;
  if (beside) all.push({ key: "rest", label: "Unattributed", color: "--s-gray", points: beside });
  return all;
}
