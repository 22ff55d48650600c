import type { Actor } from "@/lib/gate/context";
import { scopeWords } from "@/lib/kernel/scope";
import type { Db } from "@/lib/platform/prisma";
import { type AskerNow, askerNow, askerOf } from "./asker";
import type { Covers, Every } from "./contract-schedules";
import type { AnyKind } from "./kind";
import { kindNamed } from "./kinds";
import { parseInput } from "./parse-input";
import { queueReport } from "./queue-report";
import type { ScheduleRow } from "./schedule-find";
import { inputAt } from "./schedule-input";

type Maker = Exclude<Actor, { kind: "nobody" }>;
type Input = Record<string, unknown>;

/** Who has a schedule's reports made, with the rights of now, and what is made. */
export type Able = { actor: Maker; kind: AnyKind };

/** Why nothing can be made, in words for people. */
export type Unable = { lost: string };

/** Whether a schedule's report can be made now. */
export async function ableNow(db: Db, schedule: ScheduleRow, now: Date): Promise<Able | Unable> {
  const kind = kindNamed(schedule.kind);
  if (!kind) return { lost: `This version of Tenantry makes no report ${schedule.kind}.` };
  const known = await makerNow(db, schedule, now);
  if ("lost" in known) return { lost: `${known.lost} Whoever changes the schedule takes it over.` };
  const { actor } = known;
  if (actor.kind === "nobody") return { lost: "Nobody makes it." };
  const lost = lostRight(actor, kind, schedule.madeBy);
  return lost ? { lost } : { actor, kind };
}

async function makerNow(db: Db, { madeBy, madeKind, madeById }: ScheduleRow, now: Date): Promise<AskerNow> {
  return await askerNow(db, { name: madeBy, kind: madeKind as "user" | "key" | "system", id: madeById }, now);
}

function lostRight(actor: Maker, kind: AnyKind, name: string): string | undefined {
  if (actor.kind === "system") return undefined;
  const needed = [...new Set(["reports:schedule", "reports:read", kind.access] as const)];
  const lacking = needed.filter((permission) => !actor.permissions.includes(permission));
  if (lacking.length > 0)
    return `${name}, who made it, may not have it made any more: ${lacking.join(", ")} is missing. Whoever may takes it over by changing it.`;
  if (kind.scoped || actor.scope.kind === "all") return undefined;
  return `The rights of ${name}, who made it, reach only ${scopeWords(actor.scope)}, and it tells of the whole installation.`;
}

/** The time that a report is made for: null where somebody asked for it; and how many before it were missed. */
export type For = { dueAt: Date | null; missed: number };

/**
 * Writes down that a schedule's report is wanted, and to whom it goes: in one transaction with what asked for it, so that
 * neither is lost. Returns the report's id. Throws `invalid` where the kind takes this input no more.
 */
export async function queueScheduled(
  db: Db,
  schedule: ScheduleRow,
  { actor, kind }: Able,
  { dueAt, missed }: For,
  now: Date,
): Promise<string> {
  const { every, tz, covers, recipients } = schedule;
  const settled = { every: every as Every, tz, covers: covers as Covers, input: schedule.input as Input };
  const input = parseInput(kind, inputAt(kind, settled, dueAt ?? now));
  const title = `${kind.title(input as never)}${missedWords(missed)}`;
  const of = { id: schedule.id, dueAt };
  const { id } = await queueReport(db, { kind, input, title, asker: askerOf(actor), schedule: of }, now);
  if (recipients.length > 0)
    await db.reportMail.createMany({ data: recipients.map((address) => ({ reportId: id, address })) });
  return id;
}

function missedWords(missed: number): string {
  if (missed === 0) return "";
  return ` (${missed} earlier ${missed === 1 ? "one was" : "ones were"} missed)`;
}
