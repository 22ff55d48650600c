import { controlDb } from "@/lib/platform/prisma";

const dayMs = 86_400_000;

/** Removes what has served its time: answers kept for a day, ended sessions, old failure counts, used links. */
export async function tidy(now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - dayMs);
  const db = controlDb();
  await db.idempotencyKey.deleteMany({ where: { createdAt: { lt: yesterday } } });
  await db.session.deleteMany({ where: { OR: [{ expiresAt: { lt: now } }, { lastSeenAt: { lt: yesterday } }] } });
  await db.signInThrottle.deleteMany({ where: { windowStart: { lt: yesterday } } });
  await db.oneTimeLink.deleteMany({ where: { expiresAt: { lt: yesterday } } });
}
