import type { Reading } from "@/lib/platform/quick-db";
import { bucketMs } from "./steps";

/**
 * Up to when usage was made up for the demonstration, Unix milliseconds; null: all of it was measured. Told by the servers'
 * rows: there are few of them, and each tenant's past ends when the demonstration began.
 */
export async function readMadeUp(db: Reading): Promise<number | null> {
  const sets = await db.$queryRaw<{ id: number }[]>`
    SELECT id FROM usage_source_sets WHERE sources::text LIKE '%generated%'`;
  if (sets.length === 0) return null;
  const ids = sets.map(({ id }) => id);
  const [newest] = await db.$queryRaw<Record<"minute" | "hour" | "day", Date | null>[]>`
    SELECT (SELECT max(at) FROM server_usage_minutes WHERE source_set = ANY(${ids})) AS minute,
           (SELECT max(at) FROM server_usage_hours WHERE source_set = ANY(${ids})) AS hour,
           (SELECT max(at) FROM server_usage_days WHERE source_set = ANY(${ids})) AS day`;
  // The finest says it best; in the hour and the day in which the demonstration began, it met what was measured.
  for (const level of ["minute", "hour", "day"] as const) {
    const at = newest?.[level];
    if (at) return at.getTime() + bucketMs[level];
  }
  return null;
}
