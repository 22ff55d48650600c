import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { tenantsQuery } from "@/client/queries";
import { Hydrated } from "@/components/shell/hydrated";
import { listInput, searchTenants } from "@/components/tenants/search-tenants";
import { TenantsScreen } from "@/components/tenants/tenants-screen";
import { readPage } from "@/lib/http/page";
import { listTenants } from "@/lib/tenants/list-tenants";
import { allowed } from "../../allowed";

export const metadata: Metadata = { title: "Tenants" };

const load = createLoader(searchTenants);

export default function TenantsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = listInput(await load(searchParams));
    return (
      <Hydrated entries={[[tenantsQuery(input).queryKey, await readPage(listTenants, input)]]}>
        <TenantsScreen />
      </Hydrated>
    );
  });
}
