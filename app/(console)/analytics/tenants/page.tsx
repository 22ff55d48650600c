import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { analyticsTenantsQuery } from "@/client/analytics-queries";
import { rankInput, searchRank } from "@/components/analytics/search-metric";
import { analyticsInput, searchAnalytics } from "@/components/analytics/search-narrowing";
import { TenantsUseScreen } from "@/components/analytics/tenants-use-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { listTenantUse } from "@/lib/analytics/list-tenant-use";
import { readFirst } from "@/lib/http/page";
import { allowed } from "../../allowed";
import { browserZone } from "../browser-zone";

export const metadata: Metadata = { title: "Who uses what" };

const load = createLoader({ ...searchAnalytics, ...searchRank });

export default function TenantsUsePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const view = await load(searchParams);
    const input = { ...analyticsInput(view, await browserZone()), ...rankInput(view) };
    return (
      <Hydrated entries={[[analyticsTenantsQuery(input).queryKey, await readFirst(listTenantUse, input)]]}>
        <TenantsUseScreen />
      </Hydrated>
    );
  });
}
