import { columnOf, type Metric } from "@/lib/kernel/metrics";
import type { TestControl } from "@/lib/platform/testing";
import { bucketMs, type Rolled } from "./steps";

/** A bucket of one metric for tests: its mean, how long it is known (the whole bucket unless told), lowest and highest. */
export type TestBucket = { at: Date; mean: number; ms?: number; min?: number; max?: number; last?: number };

/** Writes buckets of a tenant's or server's metrics as the roll-up would, by the sources named. */
export async function writeBuckets(
  control: TestControl,
  level: Rolled,
  id: string,
  metric: Metric | "cpuUnattributed" | "memoryUnattributed",
  buckets: readonly TestBucket[],
  source = "proc",
  of: "tenant" | "server" = "tenant",
): Promise<void> {
  const name = columnOf(metric);
  const { rows } = await control.sql(
    `INSERT INTO usage_source_sets (sources) VALUES ($1::jsonb) ON CONFLICT (sources) DO UPDATE SET sources = EXCLUDED.sources RETURNING id`,
    [JSON.stringify({ [metric]: source })],
  );
  for (const { at, mean, ms = bucketMs[level], min = mean, max = mean, last = mean } of buckets) {
    await control.sql(
      `INSERT INTO ${of}_usage_${level}s (at, ${of}_id, source_set, ${name}_sum, ${name}_ms, ${name}_min, ${name}_max, ${name}_last)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (${of}_id, at) DO UPDATE SET ${["sum", "ms", "min", "max", "last"].map((one) => `${name}_${one} = EXCLUDED.${name}_${one}`).join(", ")}`,
      [at, id, rows[0]?.id, mean * ms, ms, min, max, last],
    );
  }
}

/** Says up to when each level is rolled up. */
export async function setRolledUp(control: TestControl, until: Record<Rolled, Date>): Promise<void> {
  for (const [level, time] of Object.entries(until)) {
    await control.sql(
      `INSERT INTO usage_rollups (level, until, open_ran_at) VALUES ($1, $2, now())
       ON CONFLICT (level) DO UPDATE SET until = EXCLUDED.until`,
      [level, time],
    );
  }
}
