"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { analyticsGrowthQuery } from "@/client/analytics-queries";
import type { Step } from "@/components/charts/step-bars";
import { StepChart } from "@/components/charts/step-chart";
import { ExportMenu } from "@/components/reports/export-menu";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import type { analyticsGrowthContract } from "@/lib/analytics/contract";
import type { Points } from "@/lib/history/shapes";
import type { OutputOf } from "@/lib/kernel/contract";
import { Answer } from "./answer";
import answer from "./answer.module.css";
import { FastestTable } from "./fastest-table";
import { GrowthTiles } from "./growth-tiles";
import { OverTime } from "./over-time";
import { PeriodBar } from "./period-bar";
import { growthParts } from "./resource-names";
import { stepWords } from "./source-words";
import { madeUpLines, SpanNote } from "./span-note";
import { TenantFilterBar } from "./tenant-filter-bar";
import { useAnalyticsInput } from "./use-analytics";
import { stepIn } from "./zoned-time";

const madeWords = ["made", "deleted"] as const;

type Growth = OutputOf<typeof analyticsGrowthContract>;

/** How the fleet grows: tenants made and gone, storage added, and who grows fastest. */
export function GrowthScreen() {
  const input = useAnalyticsInput("30d");
  const query = useQuery(analyticsGrowthQuery({ ...input, ...growthParts }));
  return (
    <>
      <PageHeader title="Growth" note={<SpanNote span={query.data?.span} />}>
        <ExportMenu table="growth" what="Growth" input={input} />
        <PeriodBar begins="30d" />
      </PageHeader>
      <TenantFilterBar />
      <Answer
        what="Growth"
        query={query}
        parts={[92, 260, 260, 400]}
        nobody={({ tenants }) => tenants.every(({ total, created, deleted }) => total + created + deleted === 0)}
      >
        {(growth) => <Body growth={growth} input={input} />}
      </Answer>
    </>
  );
}

function Body({ growth, input }: { growth: Growth; input: ReturnType<typeof useAnalyticsInput> }) {
  const { span, tenants, storage, fastest } = growth;
  const total = useMemo(() => {
    const points = tenants.map(({ at, total: all }): Points[number] => [at, all]);
    return [{ key: "tenants", label: "Tenants", color: "--s-blue" as const, points }];
  }, [tenants]);
  const stored = useMemo(
    () => [{ key: "storage", label: "All databases", color: "--s-green" as const, points: storage }],
    [storage],
  );
  const made = useMemo(
    () => tenants.map(({ at, created, deleted }): Step => ({ at, well: created, failed: deleted })),
    [tenants],
  );
  const counted = "Counted in the registry: tenants are there from their creation until they are deleted.";
  return (
    <>
      <GrowthTiles growth={growth} />
      <div className={answer.charts}>
        <OverTime title="Tenants" note="count" metric="connections" series={total} span={span} sources={[counted]} />
        <OverTime
          title="Storage"
          metric="storage"
          series={stored}
          span={span}
          sources={["Size on disk, from pg_database_size(), summed over tenants at the end of each step."]}
        />
      </div>
      <StepChart
        title="Made and deleted"
        label="Tenants made and deleted"
        note={`tenants, a bar a step of ${stepWords(span)}`}
        words={madeWords}
        steps={made}
        to={Date.parse(span.to)}
        tz={span.tz}
        moment={(time) => stepIn(span.tz, time, span.stepSeconds)}
        sources={[counted, ...madeUpLines(span)]}
        empty="No tenant was made or deleted in this period."
      />
      <Panel
        title="Fastest growing"
        note="storage, first figure of the period to its last; sorted by pace"
        actions={<ExportMenu table="fastest-growing" what="Fastest growing" input={input} />}
        flush
      >
        <FastestTable rows={fastest} />
      </Panel>
    </>
  );
}
