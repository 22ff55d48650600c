"use client";

import { Badge } from "@/components/ui/status-badge";
import type { TenantView } from "@/lib/tenants/shapes";
import { useInMaintenance } from "./goes-on";

/** That a tenant's app is in maintenance; nothing where it is not. */
export function MaintenanceBadge({ tenant }: { tenant: Pick<TenantView, "maintenance"> }) {
  const on = useInMaintenance(tenant);
  if (!on) return null;
  return (
    <Badge tone="warn" title={tenant.maintenance?.message ?? null}>
      Maintenance
    </Badge>
  );
}
