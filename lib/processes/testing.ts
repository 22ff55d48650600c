import type pg from "pg";
import { systemClock } from "@/lib/kernel/clock";
import type { TenantPoolStats } from "@/lib/runtime/counts";
import { type Figures, Reporter } from "@/lib/runtime/report";

const none = { open: 0, idle: 0, waiting: 0, connects: 0, reuses: 0, waits: 0, waitMs: 0, evictions: 0, timeouts: 0 };
const limits = { perTenant: 4, total: 60, waitMs: 5000, mostWaiting: 1000 };

/** An app process for tests, which tells what it is given: the process's figures are its tenants' sum. */
export function testProcess(db: pg.Pool, app: string) {
  let tenants: TenantPoolStats[] = [];
  const read = (): Figures => ({
    pools: { ...sumOf(tenants), tenants: tenants.length, losses: 0 },
    tenants,
    resolver: { lookups: 0, memoryHits: 0, redisHits: 0 },
  });
  const reporter = new Reporter(db, { app, limits, read, clock: systemClock });
  return {
    tell: async (figures: Record<string, Partial<typeof none>>) => {
      tenants = Object.entries(figures).map(([tenantId, part]) => ({ tenantId, ...none, ...part }));
      // A report under way may have read what was there before.
      await reporter.report();
      await reporter.report();
    },
    close: () => reporter.close(),
  };
}

function sumOf(tenants: TenantPoolStats[]): typeof none {
  const sum = { ...none };
  for (const tenant of tenants)
    for (const name of Object.keys(none) as (keyof typeof none)[]) sum[name] += tenant[name];
  return sum;
}
