import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { visibleTenants } from "@/lib/gate/visible";
import { showOverview } from "@/lib/metrics/show-overview";
import type { counts, load } from "../contract-figures";
import { inside } from "./envelope";

/** How many tenants within the actor's reach there are, by status. */
export async function countsOf(ctx: Ctx): Promise<z.infer<typeof counts>> {
  const { counts: by, tenants } = await inside(ctx, showOverview, {});
  const total_domains = await ctx.db.domain.count({ where: { tenant: visibleTenants(ctx.actor) } });
  const of = (status: "active" | "inactive" | "suspended" | "blocked") => by[status] ?? 0;
  return {
    ...{ total_tenants: tenants, active_tenants: of("active"), inactive_tenants: of("inactive") },
    ...{ suspended_tenants: of("suspended"), blocked_tenants: of("blocked"), total_domains, total_databases: tenants },
  };
}

/** The newest figures of the tenants within the actor's reach. */
export async function loadOf(ctx: Ctx): Promise<z.infer<typeof load>> {
  const { totals, measuredAt } = await inside(ctx, showOverview, {});
  const of = (name: keyof typeof totals) => totals[name]?.value ?? null;
  return {
    ...{
      cpu_percent: of("cpu"),
      memory_mb: of("memory"),
      storage_mb: of("storage"),
      requests_per_second: of("requests"),
    },
    ...{ transactions_per_second: of("transactions"), total_connections: of("connections") },
    ...{ cache_hit_ratio: of("cacheHit"), measured_at: measuredAt },
  };
}
