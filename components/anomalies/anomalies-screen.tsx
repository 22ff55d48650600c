"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { useQueryStates } from "nuqs";
import { anomaliesQuery } from "@/client/forecast-queries";
import { useNow } from "@/client/now";
import { OnlyTenant } from "@/components/analytics/only-tenant";
import { PeriodBar } from "@/components/analytics/period-bar";
import { isNarrowed, unnarrowed } from "@/components/analytics/search-narrowing";
import { WithMadeUp } from "@/components/analytics/span-note";
import { TenantFilterBar } from "@/components/analytics/tenant-filter-bar";
import { useAnalyticsInput, useNarrowing } from "@/components/analytics/use-analytics";
import { ExportMenu } from "@/components/reports/export-menu";
import { ListSkeletonRows } from "@/components/states/list-skeleton-rows";
import { TenantPages } from "@/components/tenants/tenant-pages";
import { ListFrame } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import type { anomaliesContract } from "@/lib/forecast/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./anomalies.module.css";
import { AnomaliesTable } from "./anomalies-table";
import { MetricFilter } from "./metric-filter";
import { begins, listInput, searchAnomalies } from "./search-anomalies";
import { nothingWords } from "./words";

/** What was out of the ordinary: for which tenant, when, and how far from usual. */
export function AnomaliesScreen() {
  const [view, setView] = useQueryStates(searchAnomalies);
  const [narrowing, narrow] = useNarrowing();
  const input = { ...useAnalyticsInput(begins), ...listInput(view) };
  const query = useQuery(anomaliesQuery(input));
  const { data } = query;
  const narrowed = isNarrowed(narrowing) || view.metric.length > 0 || view.tenant !== null;
  const clear = () => {
    narrow(unnarrowed);
    void setView(null);
  };
  return (
    <>
      <PageHeader
        title="Anomalies"
        note={
          <WithMadeUp span={data?.span}>
            Values far from what is usual for that tenant at that hour of the week
          </WithMadeUp>
        }
      >
        <ExportMenu table="anomalies" what="Anomalies" input={input} />
        <PeriodBar begins={begins} />
      </PageHeader>
      <TenantFilterBar onChange={() => void setView({ page: 1 })} />
      {view.tenant !== null && (
        <p className={classes.only}>
          <OnlyTenant id={view.tenant} clear={() => void setView({ tenant: null, page: 1 })} />
        </p>
      )}
      <Panel
        title="Out of the ordinary"
        {...(data && { note: totals(data.total, data.open) })}
        actions={<MetricFilter chosen={view.metric} onChange={(metric) => void setView({ metric, page: 1 })} />}
        flush
      >
        {query.error && !data && <LoadError what="The anomalies" error={query.error} retry={query.refetch} />}
        {query.isPending && <ListSkeletonRows rows={6} />}
        {data?.total === 0 && <Nothing watch={data.watch} narrowed={narrowed} clear={clear} />}
        {data && data.total > 0 && (
          <ListFrame bare waiting={query.isPlaceholderData || query.isError}>
            <AnomaliesTable anomalies={data.anomalies} />
            <TenantPages total={data.total} page={view.page} onChange={(page) => void setView({ page })} />
          </ListFrame>
        )}
      </Panel>
      <p className={classes.how}>
        Each hour is held against the same hour of the week over the last 28 days: its median, and how far values
        usually lie from it. A tenant needs 14 days of history before anything is said of it, and one that idles stays
        quiet.
      </p>
    </>
  );
}

function totals(total: number, open: number): string {
  if (total === 0) return "none in this period";
  return `${plural(total, "anomaly", "anomalies")}, ${open === 0 ? "none goes on" : `${open} going on`}`;
}

type NothingProps = { watch: OutputOf<typeof anomaliesContract>["watch"]; narrowed: boolean; clear: () => void };

function Nothing({ watch, narrowed, clear }: NothingProps) {
  const now = useNow(60_000);
  if (now === null) return null;
  const words = nothingWords(watch, now);
  const known = watch.tenants === 0 || (watch.usual > 0 && watch.until !== null);
  return (
    <Message
      icon={Activity}
      title={narrowed && known ? "Nothing matches" : words.title}
      {...(narrowed && {
        action: (
          <Button variant="default" size="xs" onClick={clear}>
            Clear the filter
          </Button>
        ),
      })}
    >
      {narrowed && known ? "No anomaly in this period fits the filter." : words.text}
    </Message>
  );
}
