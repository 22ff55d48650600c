import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import type { PoolStats } from "./counts";
import type { PoolLimits } from "./pool-limits";
import { TenantPools } from "./pools";
import { findTenant, registryPool } from "./registry";
import type { RuntimeTenant } from "./tenant";

/** Tenants with databases, and pools that are closed after each test. Call it once at the top of a file. */
export function poolsForTests(count: number) {
  let control: TestControl;
  const tenants: RuntimeTenant[] = [];
  const opened: TenantPools[] = [];
  beforeAll(async () => {
    control = await testControl();
    const registry = registryPool();
    for (let n = 0; n < count; n++) {
      const { id } = await control.makeTenant(`tenant-${n}`);
      const tenant = await findTenant(registry, { id });
      if (tenant) tenants.push(tenant);
    }
    await registry.end();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((pools) => pools.close(1000)));
  });
  afterAll(() => control.close());
  return {
    /** The administrator's SQL. */
    sql: (...given: Parameters<TestControl["sql"]>) => control.sql(...given),
    nth: (index: number): RuntimeTenant => {
      const tenant = tenants[index];
      if (!tenant) throw new Error("no such tenant");
      return tenant;
    },
    pooled: (limits: PoolLimits): TenantPools => {
      const pools = new TenantPools(limits, () => new Date());
      opened.push(pools);
      return pools;
    },
    /** Waits until the statistics are as expected: giving back and closing go on after the lease. */
    settled: (pools: TenantPools, wanted: Partial<PoolStats>) =>
      vi.waitFor(() => expect(pools.stats()).toMatchObject(wanted), { timeout: 10_000, interval: 5 }),
  };
}
