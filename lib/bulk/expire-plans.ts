import { controlDb } from "@/lib/platform/prisma";
import { countItems } from "./count-items";
import { planLivesMs } from "./rules";

/** Expires the plans that nobody confirmed in time; their items go, which may be a hundred thousand each. */
export async function expirePlans(now: Date): Promise<number> {
  return await controlDb().$transaction(async (db) => {
    const expired = await db.bulkRun.updateManyAndReturn({
      where: {
        status: { in: ["planned", "awaiting_second"] },
        plannedAt: { lt: new Date(now.getTime() - planLivesMs) },
      },
      data: { status: "expired", finishedAt: now },
      select: { id: true },
    });
    for (const { id } of expired) {
      await db.bulkRun.update({ where: { id }, data: { ended: await countItems(db, [id]) } });
      await db.bulkItem.deleteMany({ where: { runId: id } });
    }
    return expired.length;
  });
}
