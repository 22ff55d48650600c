"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { analyticsOverviewQuery } from "@/client/analytics-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { ReportButton } from "@/components/reports/report-button";
import { PageHeader } from "@/components/ui/page-header";
import { Answer } from "./answer";
import { FleetMovers } from "./fleet-movers";
import { FleetOverTime } from "./fleet-over-time";
import { FleetTiles } from "./fleet-tiles";
import { PeriodBar } from "./period-bar";
import { periodWords, searchPeriod } from "./search-period";
import { SpanNote } from "./span-note";
import { TenantFilterBar } from "./tenant-filter-bar";
import { useAnalyticsInput } from "./use-analytics";

/** The fleet over a period: what changed, who moved, and how it went. */
export function AnalyticsOverviewScreen() {
  const [view] = useQueryStates(searchPeriod);
  const input = useAnalyticsInput();
  const query = useQuery(analyticsOverviewQuery(input));
  return (
    <>
      <PageHeader title="Analytics" note={<SpanNote span={query.data?.span} compares />}>
        <ReportButton kind="fleet-report" input={input} size="xs" />
        <ExportMenu table="fleet-use" what="Use of the fleet" input={input} />
        <PeriodBar />
      </PageHeader>
      <TenantFilterBar />
      <Answer
        what="The overview"
        query={query}
        parts={[170, 300, 260, 260]}
        nobody={({ tenants }) => tenants.total === 0 && tenants.deleted === 0}
      >
        {(overview) => (
          <>
            <FleetTiles overview={overview} />
            <FleetMovers movers={overview.movers} before={periodWords(view).before} />
            <FleetOverTime overview={overview} />
          </>
        )}
      </Answer>
    </>
  );
}
