import pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { beginning } from "@/lib/kernel/foreign-text";
import { passes } from "@/lib/schema/failure";

/** What PostgreSQL says of these names objects, no data. */
const ofNames = /^(?:42P01|42703|42501|3F000|54...|53...|55...|57014)$/;

/** What is wrong with data, in words of ours: PostgreSQL's would quote it. */
const words: Record<string, (error: pg.DatabaseError) => string> = {
  "22P02": () => "a value is not one of its column's type",
  "22P04": () => "a row has more or fewer values than columns",
  "22001": () => "a value is longer than its column takes",
  "22003": ({ message }) =>
    message.startsWith("setval") ? "a sequence does not go to this number" : "a number is out of its column's range",
  "22021": () => "a text is not UTF-8",
  "23502": ({ column }) => `a row lacks a value${column ? ` in the column ${named(column)}` : ""}`,
  "23503": ({ constraint }) => `a row refers to one that is not there (${named(constraint)})`,
  "23505": ({ constraint }) => `a row is there already (${named(constraint)})`,
  "23514": ({ constraint }) => `a row breaks the check ${named(constraint)}`,
  "23P01": ({ constraint }) => `a row breaks the exclusion ${named(constraint)}`,
  "42601": () => "this is not SQL that PostgreSQL can read",
};

const named = (name = "of this table"): string => beginning(name, 63);

/**
 * Why a statement of an imported file failed, with its line and without quoting data: `unavailable` where trying again may
 * help. Within rows the line is that of the row.
 */
export function importFault(line: number, cause: unknown): unknown {
  if (!(cause instanceof pg.DatabaseError)) return cause;
  const code = cause.code ?? "";
  const inRows = Number(/^COPY [\s\S]*?, line (\d+)/.exec(cause.where ?? "")?.[1] ?? 0);
  const why = words[code]?.(cause) ?? (ofNames.test(code) ? beginning(cause.message, 300) : "PostgreSQL refused it");
  const told = `Line ${line + inRows} of the file: ${why} (${code}). Nothing was imported.`;
  return passes(cause)
    ? new AppError("unavailable", told, { cause, retryAfter: 5, reason: code })
    : new AppError("conflict", told, { cause, reason: code });
}
