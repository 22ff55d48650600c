"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { fleetActivitiesQuery } from "@/client/activity-queries";
import answer from "@/components/analytics/answer.module.css";
import { PeriodBar } from "@/components/analytics/period-bar";
import { isNarrowed, unnarrowed } from "@/components/analytics/search-narrowing";
import { searchPeriod } from "@/components/analytics/search-period";
import { madeUpLines, WithMadeUp } from "@/components/analytics/span-note";
import { TenantFilterBar } from "@/components/analytics/tenant-filter-bar";
import { useAnalyticsInput, useNarrowing } from "@/components/analytics/use-analytics";
import { useZone } from "@/components/analytics/zone";
import { stepIn } from "@/components/analytics/zoned-time";
import { StepChart } from "@/components/charts/step-chart";
import { ExportMenu } from "@/components/reports/export-menu";
import { ListSkeletonRows } from "@/components/states/list-skeleton-rows";
import { LoadError } from "@/components/ui/load-error";
import { PageHeader } from "@/components/ui/page-header";
import type { analyticsActivitiesContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import { ownInput, searchTimeline } from "./search-timeline";
import { Timeline } from "./timeline";
import { TimelineFilters } from "./timeline-filters";

/** What happened in the fleet: how much and when, and each activity, newest first. */
export function TimelineScreen() {
  const [view, setView] = useQueryStates(searchTimeline);
  const [settled] = useDebouncedValue(view, 250);
  const [narrowing, narrow] = useNarrowing();
  const input = { ...useAnalyticsInput(), ...ownInput(settled) };
  const query = useInfiniteQuery(fleetActivitiesQuery(input));
  const first = query.data?.pages[0];
  const narrowed = isNarrowed(narrowing) || Object.values(view).some((value) => value !== null && value !== "");
  const clear = () => {
    narrow(unnarrowed);
    void setView(null);
  };
  return (
    <>
      <PageHeader
        title="Activity"
        note={<WithMadeUp span={first?.span}>What happened to tenants, and who did it</WithMadeUp>}
      >
        <ExportMenu table="activities" what="Activities" input={input} />
        <PeriodBar />
      </PageHeader>
      <TenantFilterBar />
      <TimelineFilters view={view} types={first?.types ?? []} onChange={(part) => void setView(part)} />
      {query.error && !query.data && <LoadError what="The activities" error={query.error} retry={query.refetch} />}
      {query.isPending && <ListSkeletonRows rows={8} />}
      {first && (
        <div className={answer.answer} data-waiting={query.isPlaceholderData || undefined}>
          <OverTime page={first} />
          <Timeline
            activities={query.data?.pages.flatMap((page) => page.activities) ?? []}
            narrowed={narrowed}
            clear={clear}
            more={query.hasNextPage && !query.isPlaceholderData}
            loading={query.isFetchingNextPage}
            next={() => void query.fetchNextPage()}
          />
        </div>
      )}
    </>
  );
}

const words = ["went well", "failed"] as const;

function OverTime({ page: { steps, span } }: { page: OutputOf<typeof analyticsActivitiesContract> }) {
  const [, setPeriod] = useQueryStates(searchPeriod);
  const zone = useZone();
  const narrow = (from: number, to: number) =>
    void setPeriod({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  const counted = useMemo(
    () => steps.map(({ at, activities, failures }) => ({ at, well: activities - failures, failed: failures })),
    [steps],
  );
  return (
    <StepChart
      title="Over time"
      label="Activities over time"
      note="activities"
      words={words}
      steps={counted}
      to={Date.parse(span.to)}
      tz={zone}
      moment={(time) => stepIn(zone, time, span.stepSeconds)}
      sources={["Counted in the record of activities.", ...madeUpLines(span)]}
      empty="Nothing happened in this period."
      pick={narrow}
    />
  );
}
