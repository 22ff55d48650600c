import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { createLoader, type SearchParams } from "nuqs/server";
import { activitiesQuery, fleetSeriesQuery, overviewQuery } from "@/client/queries";
import { searchRange } from "@/components/charts/search-range";
import { Overview } from "@/components/overview/overview";
import { firstPage, Hydrated } from "@/components/shell/hydrated";
import { firstPlace } from "@/components/shell/places";
import { demoQuery } from "@/components/start/demo-query";
import { showDemo } from "@/lib/demo/show-demo";
import { currentUser, readPage } from "@/lib/http/page";
import { showFleetSeries } from "@/lib/metrics/show-fleet-series";
import { showOverview } from "@/lib/metrics/show-overview";
import { listActivities } from "@/lib/tenants/list-activities";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Overview" };

const load = createLoader(searchRange);

export default function OverviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(() => overviewPage(searchParams));
}

async function overviewPage(searchParams: Promise<SearchParams>) {
  const { range } = await load(searchParams);
  const user = await currentUser();
  const { scope, permissions } = user;
  if (!permissions.includes("metrics:read")) redirect(firstPlace(user));
  const starts = scope.kind === "all" && permissions.includes("tenants:purge");
  const [overview, series, activities, demo] = await Promise.all([
    readPage(showOverview, {}),
    // The whole fleet's history is refused to those who see a part of it.
    scope.kind === "all" ? readPage(showFleetSeries, { range }) : null,
    permissions.includes("activities:read") ? readPage(listActivities, { limit: 8 }) : null,
    starts ? readPage(showDemo, {}) : null,
  ]);
  return (
    <Hydrated
      entries={[
        [overviewQuery().queryKey, overview],
        ...(series ? [[fleetSeriesQuery(range).queryKey, series] as const] : []),
        ...(activities ? [[activitiesQuery(undefined, 8).queryKey, firstPage(activities)] as const] : []),
        ...(demo ? [[demoQuery().queryKey, demo] as const] : []),
      ]}
    >
      <Overview />
    </Hydrated>
  );
}
