import { knownMs } from "@/lib/accounts/guessing";
import { liveSessions } from "@/lib/accounts/sessions";
import { removeOldExports } from "@/lib/bulk/export-file";
import { removeOldUploads } from "@/lib/bulk/upload-file";
import { forgetAnomalies } from "@/lib/forecast/forget-anomalies";
import { tidySeries } from "@/lib/ingest/tidy-series";
import { controlDb } from "@/lib/platform/prisma";
import { forgetReports } from "@/lib/reports/forget-reports";

const dayMs = 86_400_000;
const invitationsKeptMs = 30 * dayMs;

/**
 * Removes what has served its time: answers kept for a day, sessions that are over, old counts of attempts, used links
 * and proofs, addresses of long ago, invitations a month after their end, app processes not seen for a day, series that
 * apps no longer send, what was out of the ordinary before the days that are kept, exports, reports' files.
 */
export async function tidy(now: Date): Promise<void> {
  const before = (ms: number) => ({ lt: new Date(now.getTime() - ms) });
  const db = controlDb();
  await db.idempotencyKey.deleteMany({ where: { createdAt: before(dayMs) } });
  await db.session.deleteMany({ where: { NOT: liveSessions(now) } });
  await db.signInThrottle.deleteMany({ where: { windowStart: before(dayMs) } });
  await db.oneTimeLink.deleteMany({ where: { expiresAt: before(dayMs) } });
  await db.stepUp.deleteMany({ where: { expiresAt: before(0) } });
  await db.spentChallenge.deleteMany({ where: { expiresAt: before(0) } });
  await db.knownAddress.deleteMany({ where: { lastAt: before(knownMs) } });
  await db.invitation.deleteMany({ where: { expiresAt: before(invitationsKeptMs) } });
  await db.rateLimit.deleteMany({ where: { expire: { lt: BigInt(now.getTime()) } } });
  await db.runtimeProcess.deleteMany({ where: { seenAt: before(dayMs) } });
  await tidySeries(now);
  await forgetAnomalies(now);
  await removeOldExports(now);
  await removeOldUploads(now);
  await forgetReports(now);
}
