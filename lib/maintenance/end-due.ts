import { systemContext } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { finishMaintenance } from "./change";

/**
 * Tidies maintenances away whose end has come, and tells the timeline. Apps serve again by the clock, without this: it
 * may be late.
 */
export async function endDueMaintenances(now: Clock, signal: AbortSignal): Promise<number> {
  const due = await controlDb().tenantMaintenance.findMany({ where: { until: { lte: now() } }, take: 500 });
  let ended = 0;
  for (const { tenantId } of due) {
    if (signal.aborted) break;
    await controlDb().$transaction(async (db) => {
      // Whoever changes it holds the tenant's row; one that is being changed is looked at again next time.
      const held = await db.$queryRaw<object[]>`
        SELECT 1 FROM tenants WHERE id = ${tenantId}::uuid FOR UPDATE SKIP LOCKED`;
      const row = held.length > 0 && (await db.tenantMaintenance.findUnique({ where: { tenantId } }));
      if (!row || row.until === null || row.until > now()) return;
      const ctx = systemContext("worker", db, now, newId(now()), signal);
      await finishMaintenance(ctx, row, "Maintenance ended at its time");
      ended++;
    });
  }
  return ended;
}
