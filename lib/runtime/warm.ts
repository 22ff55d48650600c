import type { TenantPools } from "./pools";
import type { RuntimeTenant } from "./tenant";

const atOnce = 4;

/** How many connections were opened ahead, and for which tenants that failed. */
export type Warmed = { opened: number; failed: { tenantId: string; error: unknown }[] };

/**
 * Opens `each` connections for some tenants before their first requests come, within the limits, a few tenants at a
 * time. It never pushes out another tenant's connections: it ends when the total is reached.
 */
export async function warmUp(pools: TenantPools, tenants: readonly RuntimeTenant[], each: number): Promise<Warmed> {
  const warmed: Warmed = { opened: 0, failed: [] };
  const left = [...tenants];
  const work = async () => {
    for (let tenant = left.shift(); tenant; tenant = left.shift()) {
      try {
        const opened = await warmOne(pools, tenant, each);
        warmed.opened += opened;
      } catch (error) {
        warmed.failed.push({ tenantId: tenant.id, error });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return warmed;
}

async function warmOne(pools: TenantPools, tenant: RuntimeTenant, each: number): Promise<number> {
  let opened = 0;
  while (pools.now(tenant.id).open < each && (await pools.open(tenant))) opened++;
  return opened;
}
