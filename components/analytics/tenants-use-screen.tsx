"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { analyticsTenantsQuery } from "@/client/analytics-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { TenantPages } from "@/components/tenants/tenant-pages";
import { PageHeader } from "@/components/ui/page-header";
import { Answer } from "./answer";
import { MetricSelect } from "./metric-select";
import { PeriodBar } from "./period-bar";
import { type RankSearch, rankInput, searchRank } from "./search-metric";
import { SpanNote } from "./span-note";
import { TenantFilterBar } from "./tenant-filter-bar";
import { useAnalyticsInput } from "./use-analytics";
import { UseTable } from "./use-table";
import classes from "./use-table.module.css";

/** Who costs what: every tenant's use of a metric over the period, and its part of the whole. */
export function TenantsUseScreen() {
  const [view, set] = useQueryStates(searchRank);
  const input = { ...useAnalyticsInput(), ...rankInput(view) };
  const query = useQuery(analyticsTenantsQuery(input));
  const change = (part: Partial<RankSearch>) => void set(part);
  return (
    <>
      <PageHeader title="Who uses what" note={<SpanNote span={query.data?.span} compares />}>
        <ExportMenu table="tenant-use" what="Use by tenant" input={input} />
        <MetricSelect value={view.metric} onChange={(metric) => change({ metric, page: 1 })} />
        <PeriodBar />
      </PageHeader>
      <TenantFilterBar onChange={() => change({ page: 1 })} />
      <Answer what="The tenants" query={query} parts={[620]} nobody={({ total }) => total === 0}>
        {({ tenants, total }) => (
          <div className={classes.list}>
            <UseTable tenants={tenants} view={view} onChange={change} />
            <TenantPages total={total} page={view.page} onChange={(page) => change({ page })} />
          </div>
        )}
      </Answer>
    </>
  );
}
