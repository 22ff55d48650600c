import { daysKept } from "@/lib/history/spans";
import { retentionTime } from "@/lib/history/watermarks";
import { controlDb } from "@/lib/platform/prisma";
import { dayMs } from "./usual";

/**
 * Removes what was out of the ordinary before the days that are kept (`retentionTime`): no chart is left on which it could stand. Returns
 * how many there were.
 */
export async function forgetAnomalies(now: Date): Promise<number> {
  const days = daysKept("day");
  if (days === 0) return 0;
  const today = await retentionTime(controlDb(), now);
  const oldest = new Date(today.getTime() - days * dayMs);
  // What goes on stays, and an end is never before its begin, by which there is an index.
  const { count } = await controlDb().usageAnomaly.deleteMany({
    where: { startedAt: { lt: oldest }, endedAt: { lt: oldest } },
  });
  return count;
}
