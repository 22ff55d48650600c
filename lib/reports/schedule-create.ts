import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Prisma } from "@/lib/platform/prisma";
import { askerOf } from "./asker";
import { createScheduleContract } from "./contract-schedules";
import { checkRecipients, checkSchedule, takeName } from "./schedule-rules";
import { nextDue } from "./schedule-times";
import { auditedSchedule, scheduleView } from "./schedule-view";

/** Keeps that a report is wanted again and again; the worker makes it when it is due. */
export const createSchedule = operation(createScheduleContract, async (ctx, wanted) => {
  const { actor, db } = ctx;
  if (actor.kind === "nobody") throw new AppError("unauthenticated", "Sign in first.");
  const now = ctx.now();
  const { kind, input } = checkSchedule(actor, wanted, now);
  const recipients = checkRecipients(wanted.recipients);
  await takeName(db, wanted.name);
  const { name, every, at, day, tz, covers, enabled } = wanted;
  const maker = askerOf(actor);
  const row = await db.reportSchedule.create({
    data: {
      id: newId(now),
      ...{ name, kind: kind.name, format: kind.format, input: input as Prisma.InputJsonObject },
      ...{ every, at, day, tz, covers, recipients, enabled },
      nextAt: enabled ? nextDue({ every, at, day, tz }, now) : null,
      ...{ scope: maker.scope, madeBy: maker.name, madeKind: maker.kind, madeById: maker.id },
      ...{ createdAt: now, updatedAt: now },
    },
  });
  Object.assign(ctx.note, { target: row.id, after: auditedSchedule(row) });
  return await scheduleView(ctx, row);
});
