import { controlDb } from "@/lib/platform/prisma";

const hour = 3_600_000;

/** A series of which nothing came for so long is gone, and its place free for another. */
const keptMs = 3 * hour;

/** Newest values stay a week, so that a collector that was away for a while still learns that they are old. */
const readingsKeptMs = 7 * 24 * hour;

/** Removes series that apps no longer send, and newest values of long ago. */
export async function tidySeries(now: Date): Promise<void> {
  const db = controlDb();
  await db.otlpSeries.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - keptMs) } } });
  await db.tenantAppReading.deleteMany({ where: { at: { lt: new Date(now.getTime() - readingsKeptMs) } } });
}
