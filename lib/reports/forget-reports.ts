import { controlDb } from "@/lib/platform/prisma";
import { keptReports, removeFolder } from "./files";

/** Milliseconds for which it is known that a report was made, after its file is gone. */
const keptMs = 400 * 86_400_000;

/** Removes the files whose time is over, files that no report knows of, and reports of long ago. */
export async function forgetReports(now: Date): Promise<void> {
  const db = controlDb();
  const over = await db.report.findMany({
    where: { expiresAt: { lte: now }, removed: false },
    select: { id: true },
  });
  for (const { id } of over) {
    await removeFolder(id);
    await db.report.update({ where: { id }, data: { removed: true } });
  }
  const open = ["waiting", "running"] as const;
  const old = new Date(now.getTime() - keptMs);
  await db.report.deleteMany({ where: { createdAt: { lt: old }, status: { notIn: [...open] } } });
  const kept = await keptReports();
  const needed = await db.report.findMany({
    where: { id: { in: kept }, removed: false, status: { in: [...open, "done"] } },
    select: { id: true },
  });
  const ids = new Set(needed.map(({ id }) => id));
  for (const id of kept) if (!ids.has(id)) await removeFolder(id);
}
