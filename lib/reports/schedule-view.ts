import type { Ctx } from "@/lib/gate/context";
import type { ScheduleView } from "./contract-schedules";
import { maySee, type ReportRow, readReports } from "./find-report";
import type { ScheduleRow } from "./schedule-find";
import { reportView } from "./view";

/** Schedules as the API shows them, each with the newest of its reports. */
export async function scheduleViews(
  { db, actor }: Pick<Ctx, "db" | "actor">,
  rows: readonly ScheduleRow[],
): Promise<ScheduleView[]> {
  const newest = await db.$queryRaw<{ id: string }[]>`
    SELECT n.id::text AS id FROM unnest(${rows.map(({ id }) => id)}::uuid[]) AS s(id),
           LATERAL (SELECT r.id FROM reports r WHERE r.schedule_id = s.id ORDER BY r.id DESC LIMIT 1) n`;
  const reports = await readReports(
    db,
    newest.map(({ id }) => id),
  );
  // A report tells of what its maker reached when it was made, which may be more than the schedule says by now.
  const bySchedule = new Map(reports.filter((one) => maySee(actor, one)).map((one) => [one.scheduleId, one]));
  return rows.map((row) => viewOf(row, bySchedule.get(row.id)));
}

/** One schedule as the API shows it. */
export async function scheduleView(ctx: Pick<Ctx, "db" | "actor">, row: ScheduleRow): Promise<ScheduleView> {
  const [view] = await scheduleViews(ctx, [row]);
  if (!view) throw new Error("A schedule has no view.");
  return view;
}

/** What of a schedule the audit trail keeps: all that is somebody's choice, also to whom it is mailed. */
export function auditedSchedule(row: ScheduleRow) {
  const { name, kind, input, every, at, day, tz, covers, recipients, enabled, madeBy } = row;
  return { name, kind, input, every, at, day, tz, covers, recipients, enabled, madeBy };
}

function viewOf(row: ScheduleRow, last: ReportRow | undefined): ScheduleView {
  const { id, name, kind, at, day, tz, recipients, enabled, stopped, madeBy, version } = row;
  return {
    ...{ id, name, kind, at, day, tz, recipients, enabled, stopped, madeBy, version },
    format: row.format as ScheduleView["format"],
    input: row.input as ScheduleView["input"],
    every: row.every as ScheduleView["every"],
    covers: row.covers as ScheduleView["covers"],
    nextAt: row.nextAt?.toISOString() ?? null,
    last: last ? lastView(last) : null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function lastView(row: ReportRow): ScheduleView["last"] {
  const { id, title, status, words, createdAt, finishedAt, mails } = reportView(row);
  return { id, title, status, words, dueAt: row.dueAt?.toISOString() ?? null, createdAt, finishedAt, mails };
}
