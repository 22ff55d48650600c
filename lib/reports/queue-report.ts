import { enqueue } from "@/lib/jobs/enqueue";
import { newId } from "@/lib/kernel/ids";
import type { Db, Prisma } from "@/lib/platform/prisma";
import type { Asker } from "./asker";
import type { AnyKind } from "./kind";

export const reportTask = "report";

/** What a report is made from. */
export type Wanted = {
  kind: AnyKind;
  /** As the kind's own schema parsed it. */
  input: Record<string, unknown>;
  title: string;
  asker: Asker;
  /** The schedule that it is made for, and when that was due; null: somebody asked for it at once. */
  schedule?: { id: string; dueAt: Date | null };
};

/** Writes down that a report is wanted and queues its making; inside a transaction it exists only if that commits. */
export async function queueReport(db: Db, wanted: Wanted, now: Date): Promise<Prisma.ReportModel> {
  const { kind, asker, schedule } = wanted;
  const report = await db.report.create({
    data: {
      id: newId(now),
      kind: kind.name,
      format: kind.format,
      input: wanted.input as Prisma.InputJsonObject,
      title: wanted.title,
      scope: asker.scope,
      askedBy: asker.name,
      askedKind: asker.kind,
      askedById: asker.id,
      createdAt: now,
      ...(schedule && { scheduleId: schedule.id, dueAt: schedule.dueAt }),
    },
  });
  await enqueueReport(db, report.id);
  return report;
}

/** Queues a look at a report: if it waits, it is made. */
export async function enqueueReport(db: Db, reportId: string, runAt?: Date): Promise<void> {
  await enqueue(db, reportTask, { reportId }, { key: `report:${reportId}`, ...(runAt && { runAt }) });
}
