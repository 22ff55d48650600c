import type { Ctx } from "@/lib/gate/context";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import type { Prisma } from "@/lib/platform/prisma";
import type { Every } from "./contract-schedules";
import { maySee } from "./find-report";
import type { Times } from "./schedule-times";

export type ScheduleRow = Prisma.ReportScheduleGetPayload<object>;

const unknown = "There is no such schedule of reports.";

/** A schedule's row. Throws `not_found` for one that is unknown, or whose reports tell what the actor may not know. */
export async function findSchedule({ db, actor }: Pick<Ctx, "db" | "actor">, id: string): Promise<ScheduleRow> {
  const schedule = await db.reportSchedule.findUnique({ where: { id } });
  if (!schedule) throw new AppError("not_found", unknown);
  if (!maySee(actor, schedule)) throw new HiddenError(unknown);
  return schedule;
}

/** The same, and nobody else can change the row until the transaction ends. */
export async function lockSchedule(asking: Pick<Ctx, "db" | "actor">, id: string): Promise<ScheduleRow> {
  await findSchedule(asking, id);
  await asking.db.$queryRaw`SELECT 1 FROM report_schedules WHERE id = ${id}::uuid FOR UPDATE`;
  return await findSchedule(asking, id);
}

/** When a schedule is due. */
export function timesOf({ every, at, day, tz }: ScheduleRow): Times {
  return { every: every as Every, at, day, tz };
}
