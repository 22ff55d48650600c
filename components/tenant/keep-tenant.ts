"use client";

import { useQueryClient } from "@tanstack/react-query";
import { tenantQuery } from "@/client/queries";
import { listTenantsContract } from "@/lib/tenants/contract";
import { listActivitiesContract } from "@/lib/tenants/contract-activities";
import { listTenantStepsContract } from "@/lib/tenants/contract-life";
import type { TenantView } from "@/lib/tenants/shapes";

/** Puts a tenant, as the API just answered it, in place of the one on screen, and has the lists read again. */
export function useKeepTenant(): (tenant: TenantView) => void {
  const cache = useQueryClient();
  return (tenant) => {
    cache.setQueryData(tenantQuery(tenant.id).queryKey, tenant);
    for (const contract of [listTenantsContract, listTenantStepsContract, listActivitiesContract]) {
      void cache.invalidateQueries({ queryKey: [contract.id] });
    }
  };
}
