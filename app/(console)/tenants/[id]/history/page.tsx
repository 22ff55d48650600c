import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { tenantHistoryQuery } from "@/client/tenant-history-queries";
import { HistoryScreen } from "@/components/history/history-screen";
import { historyInput, searchHistory } from "@/components/history/search-history";
import { Hydrated } from "@/components/shell/hydrated";
import { showTenantHistory } from "@/lib/analytics/show-tenant-history";
import { currentUser, readFirst, readPage } from "@/lib/http/page";
import { showTenant } from "@/lib/tenants/show-tenant";
import { allowed } from "../../../allowed";
import { browserZone } from "../../../analytics/browser-zone";

export async function generateMetadata({ params }: HistoryPageProps): Promise<Metadata> {
  const { permissions } = await currentUser();
  if (!permissions.includes("tenants:read") || !permissions.includes("metrics:read")) return { title: "History" };
  return { title: `History of ${(await readPage(showTenant, await params)).name}` };
}

const load = createLoader(searchHistory);

type HistoryPageProps = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default function HistoryPage({ params, searchParams }: HistoryPageProps) {
  return allowed(async () => {
    const [{ id }, view, zone] = await Promise.all([params, load(searchParams), browserZone()]);
    const input = historyInput(id, view, zone);
    const history = await readFirst(showTenantHistory, input);
    return (
      <Hydrated entries={[[tenantHistoryQuery(input).queryKey, history]]}>
        <HistoryScreen id={id} />
      </Hydrated>
    );
  });
}
