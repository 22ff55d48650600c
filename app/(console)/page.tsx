import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { activitiesQuery, fleetSeriesQuery, overviewQuery } from "@/client/queries";
import { searchRange } from "@/components/charts/search-range";
import { Overview } from "@/components/overview/overview";
import { firstPage, Hydrated } from "@/components/shell/hydrated";
import { readPage } from "@/lib/http/page";
import { showFleetSeries } from "@/lib/metrics/show-fleet-series";
import { showOverview } from "@/lib/metrics/show-overview";
import { listActivities } from "@/lib/tenants/list-activities";

export const metadata: Metadata = { title: "Overview" };

const load = createLoader(searchRange);

export default async function OverviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { range } = await load(searchParams);
  const [overview, series, activities] = await Promise.all([
    readPage(showOverview, {}),
    readPage(showFleetSeries, { range }),
    readPage(listActivities, { limit: 8 }),
  ]);
  return (
    <Hydrated
      entries={[
        [overviewQuery().queryKey, overview],
        [fleetSeriesQuery(range).queryKey, series],
        [activitiesQuery(undefined, 8).queryKey, firstPage(activities)],
      ]}
    >
      <Overview />
    </Hydrated>
  );
}
