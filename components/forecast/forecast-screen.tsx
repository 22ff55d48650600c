"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { forecastQuery } from "@/client/forecast-queries";
import answer from "@/components/analytics/answer.module.css";
import { isNarrowed, unnarrowed } from "@/components/analytics/search-narrowing";
import { MadeUpHistory } from "@/components/analytics/span-note";
import { TenantFilterBar } from "@/components/analytics/tenant-filter-bar";
import { useNarrowing } from "@/components/analytics/use-analytics";
import { ExportMenu } from "@/components/reports/export-menu";
import { ListSkeletonRows } from "@/components/states/list-skeleton-rows";
import { LoadError } from "@/components/ui/load-error";
import { PageHeader } from "@/components/ui/page-header";
import type { Forecast, Outlook } from "@/lib/forecast/contract";
import classes from "./forecast.module.css";
import { ForecastControls } from "./forecast-controls";
import { ForecastDrawer } from "./forecast-drawer";
import { NoOutlook } from "./no-outlook";
import { OutlooksPanel } from "./outlooks-panel";
import { RefusedPanel } from "./refused-panel";
import { listInput, mostTenants, searchForecast } from "./search-forecast";

/** When servers and tenants reach their limits: the soonest first, and those of which nothing can be said. */
export function ForecastScreen() {
  const [view, setView] = useQueryStates(searchForecast);
  const [narrowing, narrow] = useNarrowing();
  const [settled] = useDebouncedValue(narrowing, 250);
  const input = listInput(view, settled);
  const query = useQuery(forecastQuery(input));
  return (
    <>
      <PageHeader
        title="Forecast"
        note={
          <>
            When storage and connections reach their limits
            <MadeUpHistory until={query.data?.madeUpUntil} />
          </>
        }
      >
        <ExportMenu table="forecasts" what="Forecasts" input={input} />
        <ForecastControls view={view} onChange={(part) => void setView(part)} />
      </PageHeader>
      <TenantFilterBar />
      {query.error && !query.data && <LoadError what="The forecast" error={query.error} retry={query.refetch} />}
      {query.isPending && <ListSkeletonRows rows={8} />}
      {query.data && (
        <div className={answer.answer} data-waiting={query.isPlaceholderData || undefined}>
          <Outlooks
            forecast={query.data}
            horizonDays={Number(view.horizon)}
            narrowed={isNarrowed(narrowing)}
            clear={() => narrow(unnarrowed)}
          />
        </div>
      )}
      <ForecastDrawer />
    </>
  );
}

type OutlooksProps = { forecast: Forecast; horizonDays: number; narrowed: boolean; clear: () => void };

function Outlooks({ forecast: { method, outlooks }, horizonDays, narrowed, clear }: OutlooksProps) {
  const within = ({ reaching }: Outlook) => (reaching?.soonest ?? reaching?.days ?? null) !== null;
  const foretold = outlooks
    .filter(({ reaching }) => reaching !== null)
    .sort((one, other) => Number(within(other)) - Number(within(one)));
  const refused = outlooks.filter(({ refused }) => refused !== null);
  if (outlooks.length === 0) return <NoOutlook narrowed={narrowed} clear={clear} />;
  return (
    <>
      {foretold.length > 0 && <OutlooksPanel outlooks={foretold} horizonDays={horizonDays} />}
      {refused.length > 0 && <RefusedPanel outlooks={refused} alone={foretold.length === 0} />}
      <p className={classes.method}>
        {outlooks.filter(({ subject }) => subject.kind === "tenant").length >= mostTenants &&
          `The ${mostTenants} tenants are listed whose limits are nearest, then those that grow fastest; search or filter for others. `}
        {method}
      </p>
    </>
  );
}
