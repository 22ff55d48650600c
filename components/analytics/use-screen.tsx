"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { analyticsUseQuery, type UseName } from "@/client/analytics-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import type { ResourceUse } from "@/lib/analytics/shapes";
import { metrics } from "@/lib/kernel/metrics";
import { Answer } from "./answer";
import answer from "./answer.module.css";
import { useCarry } from "./carry";
import { DistributionPanel } from "./distribution-panel";
import { MoversPanel } from "./movers";
import { OverTime } from "./over-time";
import { PeriodBar } from "./period-bar";
import { resourceTop } from "./resource-names";
import { sourceWords, unattributed } from "./source-words";
import { madeUpLines, SpanNote } from "./span-note";
import { stackSeries } from "./stack-series";
import { TenantFilterBar } from "./tenant-filter-bar";
import { TopTable } from "./top-table";
import { useAnalyticsInput } from "./use-analytics";
import { UseTabs } from "./use-tabs";

/** One resource over a period: who used it, how it is spread over tenants, and who moved. */
export function UseScreen({ name }: { name: UseName }) {
  const input = useAnalyticsInput();
  const query = useQuery(analyticsUseQuery(name, { ...input, top: resourceTop }));
  return (
    <>
      <PageHeader title={metrics[name].label} note={<SpanNote span={query.data?.span} compares />}>
        <ExportMenu
          table="tenant-use"
          what="Use by tenant"
          input={{ ...input, sort: name, by: "avg", order: "desc" }}
        />
        <UseTabs here={name} />
        <PeriodBar />
      </PageHeader>
      <TenantFilterBar />
      <Answer
        what={metrics[name].label}
        query={query}
        parts={[380, 280, 420]}
        nobody={({ tenants }) => tenants.length === 0}
      >
        {(use) => <Body use={use} />}
      </Answer>
    </>
  );
}

function Body({ use }: { use: ResourceUse }) {
  const series = useMemo(() => stackSeries(use), [use]);
  const { metric, span } = use;
  const carry = useCarry();
  const sources = sourceWords(metric, use.sources, span);
  return (
    <>
      <OverTime
        title={`${metrics[metric].label} by tenant`}
        note={metrics[metric].unit}
        metric={metric}
        series={series}
        stacked
        tall
        span={span}
        sources={[...sources, ...(use.parts.length > 0 ? [unattributed] : [])]}
      />
      <div className={answer.charts}>
        <DistributionPanel
          title="How it is spread"
          metric={metric}
          distribution={use.distribution}
          sources={[...sources, ...madeUpLines(span)]}
          tall
        />
        <MoversPanel metric={metric} movers={use.movers} />
      </div>
      <Panel
        title="Top tenants"
        note="by their mean over the period"
        actions={
          <Link href={carry("/analytics/tenants", { metric })} className={answer.all}>
            All tenants
          </Link>
        }
        flush
      >
        <TopTable metric={metric} rows={use.tenants} />
      </Panel>
    </>
  );
}
