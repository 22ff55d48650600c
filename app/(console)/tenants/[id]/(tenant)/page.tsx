import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { cache } from "react";
import { openLeaks, openLeaksQuery } from "@/client/isolation-queries";
import {
  activitiesQuery,
  domainsQuery,
  supportQuery,
  tenantQuery,
  tenantSeriesQuery,
  tenantStepsQuery,
} from "@/client/queries";
import { searchRange } from "@/components/charts/search-range";
import { firstPage, Hydrated } from "@/components/shell/hydrated";
import { TenantScreen } from "@/components/tenant/tenant-screen";
import { listDomains } from "@/lib/domains/list-domains";
import { currentUser, readPage } from "@/lib/http/page";
import { listIsolationFindings } from "@/lib/isolation/list-findings";
import { showTenantSeries } from "@/lib/metrics/show-tenant-series";
import { listSupport } from "@/lib/support/list-support";
import { sampleUrl } from "@/lib/tenants/app-url";
import { graceDays } from "@/lib/tenants/grace";
import { listActivities } from "@/lib/tenants/list-activities";
import { listTenantSteps } from "@/lib/tenants/list-tenant-steps";
import { showTenant } from "@/lib/tenants/show-tenant";
import { allowed } from "../../../allowed";

type TenantPageProps = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

const load = createLoader(searchRange);

const readTenant = cache((id: string) => readPage(showTenant, { id }));

export async function generateMetadata({ params }: TenantPageProps): Promise<Metadata> {
  const { permissions } = await currentUser();
  if (!permissions.includes("tenants:read")) return { title: "Tenant" };
  return { title: (await readTenant((await params).id)).name };
}

export default function TenantPage(props: TenantPageProps) {
  return allowed(() => tenantPage(props));
}

async function tenantPage({ params, searchParams }: TenantPageProps) {
  const [{ id }, { range }, { permissions, scope }] = await Promise.all([params, load(searchParams), currentUser()]);
  const tenant = await readTenant(id);
  const [series, steps, domains, support, activities, leaks] = await Promise.all([
    permissions.includes("metrics:read") ? readPage(showTenantSeries, { id, range }) : null,
    readPage(listTenantSteps, { id }),
    readPage(listDomains, { id }),
    readPage(listSupport, { id }),
    permissions.includes("activities:read") ? readPage(listActivities, { tenant: id, limit: 12 }) : null,
    permissions.includes("isolation:read") && scope.kind === "all"
      ? readPage(listIsolationFindings, openLeaks(id))
      : null,
  ]);
  const links = Object.fromEntries(tenant.domains.map(({ hostname }) => [hostname, sampleUrl(hostname)]));
  return (
    <Hydrated
      entries={[
        [tenantQuery(id).queryKey, tenant],
        ...(series ? [[tenantSeriesQuery(id, range).queryKey, series] as const] : []),
        [tenantStepsQuery(id).queryKey, steps],
        [domainsQuery(id).queryKey, domains],
        [supportQuery(id).queryKey, support],
        ...(activities ? [[activitiesQuery(id, 12).queryKey, firstPage(activities)] as const] : []),
        ...(leaks ? [[openLeaksQuery(id).queryKey, leaks] as const] : []),
      ]}
    >
      <TenantScreen id={id} links={links} graceDays={graceDays()} />
    </Hydrated>
  );
}
