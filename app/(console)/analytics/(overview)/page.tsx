import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { analyticsOverviewQuery } from "@/client/analytics-queries";
import { AnalyticsOverviewScreen } from "@/components/analytics/overview-screen";
import { analyticsInput, searchAnalytics } from "@/components/analytics/search-narrowing";
import { Hydrated } from "@/components/shell/hydrated";
import { showAnalyticsOverview } from "@/lib/analytics/show-overview";
import { readFirst } from "@/lib/http/page";
import { allowed } from "../../allowed";
import { browserZone } from "../browser-zone";

export const metadata: Metadata = { title: "Analytics" };

const load = createLoader(searchAnalytics);

export default function AnalyticsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = analyticsInput(await load(searchParams), await browserZone());
    return (
      <Hydrated entries={[[analyticsOverviewQuery(input).queryKey, await readFirst(showAnalyticsOverview, input)]]}>
        <AnalyticsOverviewScreen />
      </Hydrated>
    );
  });
}
