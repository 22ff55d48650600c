import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { cache } from "react";
import { activitiesQuery, tenantQuery, tenantSeriesQuery, tenantStepsQuery } from "@/client/queries";
import { searchRange } from "@/components/charts/search-range";
import { firstPage, Hydrated } from "@/components/shell/hydrated";
import { TenantScreen } from "@/components/tenant/tenant-screen";
import { appUrl } from "@/lib/http/app-url";
import { readPage } from "@/lib/http/page";
import { showTenantSeries } from "@/lib/metrics/show-tenant-series";
import { listActivities } from "@/lib/tenants/list-activities";
import { listTenantSteps } from "@/lib/tenants/list-tenant-steps";
import { showTenant } from "@/lib/tenants/show-tenant";

type TenantPageProps = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

const load = createLoader(searchRange);

const readTenant = cache((id: string) => readPage(showTenant, { id }));

export async function generateMetadata({ params }: TenantPageProps): Promise<Metadata> {
  return { title: (await readTenant((await params).id)).name };
}

export default async function TenantPage({ params, searchParams }: TenantPageProps) {
  const [{ id }, { range }] = await Promise.all([params, load(searchParams)]);
  const tenant = await readTenant(id);
  const [series, steps, activities] = await Promise.all([
    readPage(showTenantSeries, { id, range }),
    readPage(listTenantSteps, { id }),
    readPage(listActivities, { tenant: id, limit: 12 }),
  ]);
  const links = Object.fromEntries(tenant.domains.map(({ hostname }) => [hostname, appUrl(hostname)]));
  return (
    <Hydrated
      entries={[
        [tenantQuery(id).queryKey, tenant],
        [tenantSeriesQuery(id, range).queryKey, series],
        [tenantStepsQuery(id).queryKey, steps],
        [activitiesQuery(id, 12).queryKey, firstPage(activities)],
      ]}
    >
      <TenantScreen id={id} links={links} />
    </Hydrated>
  );
}
