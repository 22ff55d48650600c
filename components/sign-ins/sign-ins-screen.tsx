"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { signInsQuery } from "@/client/activity-queries";
import answer from "@/components/analytics/answer.module.css";
import { OnlyTenant } from "@/components/analytics/only-tenant";
import { PeriodBar } from "@/components/analytics/period-bar";
import { isNarrowed } from "@/components/analytics/search-narrowing";
import { searchPeriod } from "@/components/analytics/search-period";
import { madeUpLines, WithMadeUp } from "@/components/analytics/span-note";
import { TenantFilterBar } from "@/components/analytics/tenant-filter-bar";
import { useAnalyticsInput, useNarrowing } from "@/components/analytics/use-analytics";
import { stepIn, timeIn } from "@/components/analytics/zoned-time";
import { StepChart } from "@/components/charts/step-chart";
import { ExportMenu } from "@/components/reports/export-menu";
import { ListSkeletonRows } from "@/components/states/list-skeleton-rows";
import { LoadError } from "@/components/ui/load-error";
import { PageHeader } from "@/components/ui/page-header";
import type { signInsContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import { FailingAddresses } from "./failing-addresses";
import { HowToTell } from "./how-to-tell";
import { LatestSignIns } from "./latest-sign-ins";
import { ownInput, searchTenant } from "./search-sign-ins";
import { SignInTenants } from "./sign-in-tenants";
import { SignInTotals } from "./sign-in-totals";
import classes from "./sign-ins.module.css";

type SignIns = OutputOf<typeof signInsContract>;

/** Who signs in to the tenants' apps, how often that fails, and where nobody does. */
export function SignInsScreen() {
  const [view, setView] = useQueryStates(searchTenant);
  const [narrowing] = useNarrowing();
  const asked = { ...useAnalyticsInput(), ...ownInput(view) };
  const query = useQuery(signInsQuery(asked));
  // A file has more than the screen lists.
  const { top: _, ...input } = asked;
  const { data } = query;
  const none = data !== undefined && data.totals.succeeded + data.totals.failed === 0;
  return (
    <>
      <PageHeader
        title="Sign-ins"
        note={<WithMadeUp span={data?.span}>Of tenants&apos; own users, as their apps tell them</WithMadeUp>}
      >
        <ExportMenu table="sign-ins" what="Sign-ins by tenant" input={input} />
        <PeriodBar />
      </PageHeader>
      <TenantFilterBar />
      {view.tenant !== null && (
        <p className={classes.only}>
          <OnlyTenant id={view.tenant} clear={() => void setView({ tenant: null })} />
        </p>
      )}
      {query.error && !data && <LoadError what="The sign-ins" error={query.error} retry={query.refetch} />}
      {query.isPending && <ListSkeletonRows rows={6} />}
      {none && <HowToTell narrowed={isNarrowed(narrowing) || view.tenant !== null} quiet={data.quiet} />}
      {data && !none && (
        <div className={answer.answer} data-waiting={query.isPlaceholderData || undefined}>
          <SignInTotals data={data} />
          <OverTime data={data} />
          <SignInTenants tenants={data.tenants} quiet={data.quiet} narrow={(tenant) => void setView({ tenant })} />
          <div className={classes.pair}>
            <FailingAddresses failing={data.failing} input={input} />
            <LatestSignIns latest={data.latest} />
          </div>
        </div>
      )}
    </>
  );
}

const words = ["succeeded", "failed"] as const;

function OverTime({ data: { steps, span } }: { data: SignIns }) {
  const [, setPeriod] = useQueryStates(searchPeriod);
  const zone = span.tz;
  const narrow = (from: number, to: number) =>
    void setPeriod({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  const counted = useMemo(() => steps.map(({ at, succeeded, failed }) => ({ at, well: succeeded, failed })), [steps]);
  return (
    <StepChart
      title="Over time"
      label="Sign-ins over time"
      note={`sign-ins, ${timeIn(zone, span.from)} – ${timeIn(zone, span.to)}`}
      words={words}
      steps={counted}
      to={Date.parse(span.to)}
      tz={zone}
      moment={(time) => stepIn(zone, time, span.stepSeconds)}
      sources={["Counted as the tenants' apps told them.", ...madeUpLines(span)]}
      empty="Nobody signed in during this period."
      pick={narrow}
    />
  );
}
