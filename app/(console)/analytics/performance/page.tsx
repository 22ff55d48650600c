import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { analyticsPerformanceQuery } from "@/client/analytics-queries";
import { PerformanceScreen } from "@/components/analytics/performance-screen";
import { resourceTop } from "@/components/analytics/resource-names";
import { analyticsInput, searchAnalytics } from "@/components/analytics/search-narrowing";
import { Hydrated } from "@/components/shell/hydrated";
import { showPerformance } from "@/lib/analytics/show-performance";
import { readFirst } from "@/lib/http/page";
import { allowed } from "../../allowed";
import { browserZone } from "../browser-zone";

export const metadata: Metadata = { title: "Performance" };

const load = createLoader(searchAnalytics);

export default function PerformancePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = { ...analyticsInput(await load(searchParams), await browserZone()), top: resourceTop };
    return (
      <Hydrated entries={[[analyticsPerformanceQuery(input).queryKey, await readFirst(showPerformance, input)]]}>
        <PerformanceScreen />
      </Hydrated>
    );
  });
}
