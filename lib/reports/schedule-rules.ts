import type { Actor } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { mailSetUp, refuseAddress } from "@/lib/mail/settings";
import type { Db } from "@/lib/platform/prisma";
import type { Covers, Every } from "./contract-schedules";
import type { AnyKind } from "./kind";
import { allowedKind, parseInput } from "./parse-input";
import { inputAt } from "./schedule-input";

/** A schedule as somebody wants it. */
export type WantedSchedule = {
  kind: string;
  input: Record<string, unknown>;
  every: Every;
  day: number | null;
  tz: string;
  covers: Covers;
};

/** The kind and the input of a schedule that the actor may have. Throws `invalid` with the fields, or `forbidden`. */
export function checkSchedule(
  actor: Actor,
  wanted: WantedSchedule,
  now: Date,
): { kind: AnyKind; input: Record<string, unknown> } {
  const kind = allowedKind(actor, wanted.kind);
  const words = dayFault(wanted);
  if (words) throw refused("day", words);
  const input = parseInput(kind, wanted.input);
  parseInput(kind, inputAt(kind, { ...wanted, input }, now));
  return { kind, input };
}

function dayFault({ every, day }: WantedSchedule): string | undefined {
  if (every === "daily") return day === null ? undefined : "A daily report has no day.";
  if (every === "weekly")
    return day !== null && day <= 7 ? undefined : "Name the day of the week: 1 (Monday) to 7 (Sunday).";
  return day !== null ? undefined : "Name the day of the month: 1 to 31.";
}

/** Each address once. Throws `invalid` where mail is not set up, or may not go to one of them. */
export function checkRecipients(recipients: readonly string[]): string[] {
  const each = [...new Map(recipients.map((address) => [address.toLowerCase(), address])).values()];
  if (each.length === 0) return each;
  const setUp = mailSetUp();
  if ("missing" in setUp) throw refused("recipients", `${setUp.missing} Without recipients, it is kept for download.`);
  for (const address of each) {
    const words = refuseAddress(setUp.settings, address);
    if (words) throw refused("recipients", words);
  }
  return each;
}

/** Throws `conflict` when another schedule has the name; whoever wants it, too, waits until this transaction ends. */
export async function takeName(db: Db, name: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`report schedule ${name}`}, 0))`;
  if (!(await db.reportSchedule.findUnique({ where: { name } }))) return;
  const fields = { name: "Another schedule has this name." };
  throw new AppError("conflict", "The name is taken.", { fields });
}

function refused(field: string, words: string): AppError {
  return new AppError("invalid", "Some fields need another look.", { fields: { [field]: words } });
}
