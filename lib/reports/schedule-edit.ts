import type { z } from "zod";
import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import type { Prisma } from "@/lib/platform/prisma";
import { askerOf } from "./asker";
import { type Covers, editScheduleContract, showScheduleContract } from "./contract-schedules";
import { lockSchedule, type ScheduleRow, timesOf } from "./schedule-find";
import { checkRecipients, checkSchedule, takeName } from "./schedule-rules";
import { nextDue, type Times } from "./schedule-times";
import { auditedSchedule, scheduleView } from "./schedule-view";

type Changes = Omit<z.output<typeof editScheduleContract.input>, "id">;

/**
 * Changes a schedule. Who changes it is its maker from then on: nobody has reports sent to an address of their own with
 * the rights of somebody else, and a schedule whose maker is gone goes on with whoever takes it over.
 */
export const editSchedule = operation(editScheduleContract, async (ctx, { id, ...changes }) => {
  const { actor, db } = ctx;
  if (actor.kind === "nobody") throw new AppError("unauthenticated", "Sign in first.");
  const now = ctx.now();
  const before = await lockSchedule(ctx, id);
  await requireMatch(ctx, showScheduleContract, () => scheduleView(ctx, before));
  const times = changedTimes(before, changes);
  const { kind, input } = checkSchedule(
    actor,
    {
      ...times,
      kind: changes.kind ?? before.kind,
      input: changes.input ?? (before.input as Record<string, unknown>),
      covers: changes.covers ?? (before.covers as Covers),
    },
    now,
  );
  if (changes.name !== undefined && changes.name !== before.name) await takeName(db, changes.name);
  const maker = askerOf(actor);
  const after = await db.reportSchedule.update({
    where: { id },
    data: {
      ...times,
      ...(changes.name !== undefined && { name: changes.name }),
      ...(changes.covers !== undefined && { covers: changes.covers }),
      ...(changes.recipients !== undefined && { recipients: checkRecipients(changes.recipients) }),
      ...{ kind: kind.name, format: kind.format, input: input as Prisma.InputJsonObject },
      ...changedState(before, changes, times, now),
      ...{ scope: maker.scope, madeBy: maker.name, madeKind: maker.kind, madeById: maker.id },
      ...{ version: { increment: 1 }, updatedAt: now },
    },
  });
  Object.assign(ctx.note, { target: id, before: auditedSchedule(before), after: auditedSchedule(after) });
  return await scheduleView(ctx, after);
});

function changedTimes(before: ScheduleRow, { every, at, day, tz }: Changes): Times {
  const known = timesOf(before);
  const wanted = every ?? known.every;
  // A day of the week is none of the month.
  const kept = wanted === known.every ? known.day : null;
  return { every: wanted, at: at ?? known.at, day: day === undefined ? kept : day, tz: tz ?? known.tz };
}

/** Whether it is on, why not, and when it is due: a time that was missed stays due unless its times are others now. */
function changedState(before: ScheduleRow, changes: Changes, times: Times, now: Date) {
  const enabled = changes.enabled ?? before.enabled;
  if (!enabled) return { enabled, stopped: changes.enabled === false ? null : before.stopped, nextAt: null };
  const known = timesOf(before);
  const same = known.every === times.every && known.at === times.at && known.day === times.day && known.tz === times.tz;
  return { enabled, stopped: null, nextAt: same && before.nextAt ? before.nextAt : nextDue(times, now) };
}
