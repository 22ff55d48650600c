import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { analyticsGrowthQuery } from "@/client/analytics-queries";
import { GrowthScreen } from "@/components/analytics/growth-screen";
import { growthParts } from "@/components/analytics/resource-names";
import { analyticsInput, searchNarrowing } from "@/components/analytics/search-narrowing";
import { searchPeriodFrom } from "@/components/analytics/search-period";
import { Hydrated } from "@/components/shell/hydrated";
import { showGrowth } from "@/lib/analytics/show-growth";
import { readFirst } from "@/lib/http/page";
import { allowed } from "../../allowed";
import { browserZone } from "../browser-zone";

export const metadata: Metadata = { title: "Growth" };

const load = createLoader({ ...searchPeriodFrom("30d"), ...searchNarrowing });

export default function GrowthPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = { ...analyticsInput(await load(searchParams), await browserZone()), ...growthParts };
    return (
      <Hydrated entries={[[analyticsGrowthQuery(input).queryKey, await readFirst(showGrowth, input)]]}>
        <GrowthScreen />
      </Hydrated>
    );
  });
}
