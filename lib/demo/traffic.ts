import type { Db } from "@/lib/platform/prisma";

/** Writes down whether what is started now makes the demo's traffic: whether the sample app stands beside it. */
export async function keepTraffic(db: Db, traffic: boolean): Promise<void> {
  await db.demoFleet.upsert({ where: { id: 1 }, create: { traffic }, update: { traffic } });
}

/** Whether a tenant of the demo is there, so that somebody has to make its traffic. */
export async function wantsTraffic(db: Db): Promise<boolean> {
  return (await db.demoTenant.findFirst({ where: { tenant: { deletedAt: null } }, select: { slug: true } })) !== null;
}
