import { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { visibleTenants } from "@/lib/gate/visible";
import { showOverview } from "@/lib/metrics/show-overview";
import { inside } from "./envelope";

export const time = z.iso.datetime();
/** A measured value; null where it is unknown. */
export const figure = z.number().nullable();
/** What artflow answers and nobody measures here. */
export const unmeasured = z.null().describe("not measured here");

export const counts = z.object({
  ...{ total_tenants: z.int(), active_tenants: z.int(), inactive_tenants: z.int(), suspended_tenants: z.int() },
  ...{ blocked_tenants: z.int(), total_domains: z.int(), total_databases: z.int() },
});

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

export const load = z.object({
  cpu_percent: figure.describe("of one core, all tenants"),
  memory_mb: figure.describe("all tenants' backends, MiB"),
  storage_mb: figure.describe("all tenants, MiB"),
  requests_per_second: figure,
  transactions_per_second: figure,
  total_connections: figure,
  cache_hit_ratio: figure.describe("0 to 1"),
  measured_at: time.nullable(),
});

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
