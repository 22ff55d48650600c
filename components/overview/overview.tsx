"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/client/live";
import { overviewQuery } from "@/client/queries";
import { ActivityPanel } from "@/components/activities/activity-panel";
import { RangeSwitch, useRange } from "@/components/charts/range-switch";
import { ReportButton } from "@/components/reports/report-button";
import { useAllowedEverywhere, useUser, useWholeFleet } from "@/components/shell/user";
import { DemoLine } from "@/components/start/demo-line";
import { GetStarted } from "@/components/start/get-started";
import { NewTenantButton } from "@/components/tenants/new-tenant-button";
import { LoadError } from "@/components/ui/load-error";
import { MeasuredAt } from "@/components/ui/measured-at";
import { PageHeader } from "@/components/ui/page-header";
import { type Period, periodNames } from "@/lib/history/shapes";
import { scopeWords } from "@/lib/kernel/scope";
import type { Overview as OverviewData, Range } from "@/lib/metrics/contract";
import { FirstTenant } from "./first-tenant";
import { FleetCharts } from "./fleet-charts";
import { HealthPanel } from "./health-panel";
import classes from "./overview.module.css";
import { StatusCounts } from "./status-counts";
import { TopTenants } from "./top-tenants";
import { Totals } from "./totals";

const partialInterval = 5000;

/** The fleet at a glance. */
export function Overview() {
  useLive("fleet", "activities", "tenants");
  const whole = useWholeFleet();
  const range = useRange();
  // The stream leaves out sums for those who reach only some tenants: theirs are read again instead.
  const { data, error, refetch } = useQuery({ ...overviewQuery(), refetchInterval: whole ? false : partialInterval });
  return (
    <>
      <PageHeader title="Overview" {...(data && { note: <Measured overview={data} /> })}>
        <ReportButton kind="fleet-report" input={reportPeriod(range)} size="xs" />
        {whole && <RangeSwitch />}
        <NewTenantButton />
      </PageHeader>
      {data ? <Body overview={data} /> : error && <LoadError what="The overview" error={error} retry={refetch} />}
    </>
  );
}

/** The period of the charts as a report has it: the shortest there is where theirs is shorter. */
function reportPeriod(range: Range): { range: Period } {
  return { range: periodNames.find((name) => name === range) ?? "1h" };
}

function Body({ overview }: { overview: OverviewData }) {
  const { scope, permissions } = useUser();
  const starts = useAllowedEverywhere("tenants:purge");
  return (
    <div className={classes.stack}>
      <DemoLine />
      <GetStarted overview={overview} />
      <Totals overview={overview} />
      <StatusCounts counts={overview.counts} />
      {overview.tenants === 0 && !starts && <FirstTenant />}
      {scope.kind === "all" ? (
        <FleetCharts measuredAt={overview.measuredAt} />
      ) : (
        <p className={classes.part}>
          These are the tenants within your reach: {scopeWords(scope)}. Charts of the whole fleet need access to all
          tenants; each tenant's page has its own.
        </p>
      )}
      {overview.tenants > 0 && <TopTenants overview={overview} />}
      <div className={classes.pair}>
        {permissions.includes("activities:read") && <ActivityPanel limit={8} />}
        <HealthPanel health={overview.health} />
      </div>
    </div>
  );
}

function Measured({ overview: { measuredAt, servers } }: { overview: OverviewData }) {
  return (
    <>
      {servers} {servers === 1 ? "server" : "servers"}, <MeasuredAt at={measuredAt} />
    </>
  );
}
