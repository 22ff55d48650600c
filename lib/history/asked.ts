import { AppError, type FieldErrors } from "@/lib/kernel/errors";
import { type Granularity, type Period, periods } from "./shapes";

/** A question's period as it came in. */
export type Asked = {
  range: Period;
  from?: string | undefined;
  to?: string | undefined;
  tz: string;
  granularity: Granularity;
  width: number;
};

const longest = 5 * 366 * 86_400_000;
/** Before that nothing was measured; years before 1 have no date that everybody can read. */
const oldest = Date.UTC(2000, 0);

/** The period that was asked for, in Unix milliseconds, ending now at the latest. Throws `invalid` with the field's name. */
export function askedPeriod(asked: Asked, now: number): { from: number; to: number } {
  const to = asked.to === undefined ? now : Math.min(now, Date.parse(asked.to));
  const from = asked.from === undefined ? to - periods[asked.range] * 1000 : Date.parse(asked.from);
  if (from >= now) throw refused({ from: "This lies in the future, of which nothing is known yet." });
  if (asked.to !== undefined && from >= Date.parse(asked.to))
    throw refused({ to: "The period must end after it begins." });
  if (from < oldest)
    throw refused({ [asked.from === undefined ? "to" : "from"]: "Nothing was measured before the year 2000." });
  if (to - from > longest) throw refused({ from: "Ask for five years at most." });
  return { from, to };
}

/** A granularity as a sentence has it: a day, an hour. */
export function oneOf(granularity: Granularity): string {
  return `${granularity === "hour" ? "an" : "a"} ${granularity}`;
}

/** A refusal that names the fields. */
export function refused(fields: FieldErrors): AppError {
  return new AppError("invalid", "Some fields need another look.", { fields });
}
