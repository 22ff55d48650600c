import { AppError } from "@/lib/kernel/errors";
import { beginning } from "@/lib/kernel/foreign-text";
import { sqlState } from "@/lib/platform/postgres";

/** What may go better a moment later: locks, restarts, no connection left, conflicts between transactions. */
const passing = /^(08|57P0[123]|53[34]00|40001|40P01|55P03)/;

/** Whether a fault of a tenant's database may be gone a moment later: it was locked, or the connection was cut. */
export function passes(error: unknown): boolean {
  if (error instanceof AppError) return error.code === "unavailable" && !/^(28|3D)/.test(error.reason ?? "");
  const state = sqlState(error);
  return state === undefined || passing.test(state);
}

/** A function of the tenant's may raise an error of any length. */
const longest = 1000;

/**
 * What went wrong with a script, in PostgreSQL's words and with the line: `unavailable` where trying again may help.
 * `before` is how many characters of the message were not the script's.
 */
export function failure(what: string, script: string, before: number, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const state = sqlState(cause);
  const message = beginning(cause instanceof Error ? cause.message : String(cause), longest);
  if (state === undefined) {
    return new AppError("unavailable", `${what} was cut off: ${message}.`, { cause, retryAfter: 5 });
  }
  const words = `${what} failed: ${message}${lineOf(script, before, cause)}`;
  return passing.test(state)
    ? new AppError("unavailable", words, { cause, retryAfter: 5, reason: state })
    : new AppError("conflict", words, { cause, reason: state });
}

function lineOf(script: string, before: number, cause: unknown): string {
  const position = Number((cause as { position?: string }).position) - 1 - before;
  if (!(position >= 0 && position < script.length)) return "";
  return ` (line ${script.slice(0, position).split("\n").length})`;
}
