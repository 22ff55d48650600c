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
  for (const id of await keptReports()) {
    const report = await db.report.findUnique({ where: { id }, select: { status: true, removed: true } });
    const needed = report && !report.removed && report.status !== "cancelled" && report.status !== "failed";
    if (!needed) await removeFolder(id);
  }
}
