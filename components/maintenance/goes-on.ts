"use client";

import { useClock } from "@/client/now";
import type { TenantView } from "@/lib/tenants/shapes";

/** Whether a tenant's app is in maintenance at this moment: it ends at its time, whether or not anybody told us. */
export function useInMaintenance({ maintenance }: Pick<TenantView, "maintenance">): boolean {
  const until = maintenance?.until ?? null;
  const over = useClock(1000, (now) => until !== null && Date.parse(until) <= now);
  return maintenance !== null && over !== true;
}
