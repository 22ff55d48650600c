import type { Db, Prisma } from "@/lib/platform/prisma";

/** Tells the live streams of these users that their rights are others now: they connect again with the new ones. */
export async function tellSessions(db: Db, user: Prisma.UserWhereInput): Promise<void> {
  const sessions = await db.session.findMany({ where: { user }, select: { id: true } });
  const ids = sessions.map(({ id }) => id);
  await db.$executeRaw`SELECT pg_notify('tenantry_session', id) FROM unnest(${ids}::text[]) AS id`;
}
