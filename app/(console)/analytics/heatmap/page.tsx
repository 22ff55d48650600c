import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { analyticsHeatmapQuery } from "@/client/analytics-queries";
import { HeatmapScreen } from "@/components/analytics/heatmap-screen";
import { heatInput, searchHeat } from "@/components/analytics/search-metric";
import { analyticsInput, searchAnalytics } from "@/components/analytics/search-narrowing";
import { Hydrated } from "@/components/shell/hydrated";
import { showHeatmap } from "@/lib/analytics/show-heatmap";
import { readFirst } from "@/lib/http/page";
import { allowed } from "../../allowed";
import { browserZone } from "../browser-zone";

export const metadata: Metadata = { title: "Heat map" };

const load = createLoader({ ...searchAnalytics, ...searchHeat });

export default function HeatmapPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const view = await load(searchParams);
    const input = { ...analyticsInput(view, await browserZone()), ...heatInput(view) };
    return (
      <Hydrated entries={[[analyticsHeatmapQuery(input).queryKey, await readFirst(showHeatmap, input)]]}>
        <HeatmapScreen />
      </Hydrated>
    );
  });
}
