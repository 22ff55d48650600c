import pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { Prisma } from "./prisma";

/** Of PostgreSQL's: no connection, no room for one, stopping, a lock that somebody else held, two that collided. */
const passingState = /^(08...|57P0[123]|53300|53400|40001|40P01|55P03)$/;

/** Of the network. */
const passingCode = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;

/** Of Prisma's: the control database is away, has no connection left, or two transactions collided. */
const passingPrisma = /^(P1001|P1002|P1008|P1017|P2024|P2028|P2034)$/;

/** The server answered and refused: another try gets the same answer. */
const refused = /^(28...|3D000)$/;

/** Whether a fault passes by itself, so that trying again may help. */
export function isTransient(error: unknown): boolean {
  if (error instanceof AppError) {
    if (error.code === "unavailable") return !refused.test(error.reason ?? "");
    return error.code === "conflict" && error.retryAfter !== undefined;
  }
  const state = stateOf(error);
  if (state) return passingState.test(state);
  if (codeOf(error, passingCode) || codeOf(error, passingPrisma)) return true;
  return (
    error instanceof Error &&
    /Connection terminated|connection is closed|is not queryable|socket hang up/i.test(error.message)
  );
}

/** Data that can't be stored: of a wrong kind, beyond PostgreSQL's limits or its memory, or longer than a text may be. */
const unstorable = /^(22...|54...|53200|XX000)$/;

/** Whether something can't be stored for what it is: the same again gets the same answer. */
export function isUnstorable(error: unknown): boolean {
  return error instanceof RangeError || unstorable.test(stateOf(error) ?? "");
}

/** Milliseconds to wait after an attempt: 1 s, 4 s, 16 s, at most a minute. */
export function backoffMs(attempt: number): number {
  return Math.min(60_000, 1000 * 4 ** Math.max(0, attempt - 1));
}

/** Why something failed, for people; undefined for what only the log may tell. */
export function faultWords(error: unknown): string | undefined {
  if (error instanceof AppError && error.code !== "internal") return error.message;
  if (error instanceof pg.DatabaseError) return `PostgreSQL: ${error.message} (${error.code})`;
  return isTransient(error) ? "The connection was lost, or there was none." : undefined;
}

/** The SQLSTATE of a fault, from pg or through Prisma. */
function stateOf(error: unknown): string | undefined {
  if (error instanceof pg.DatabaseError) return error.code;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const told = /"(?:originalCode|code)":"([0-9A-Z]{5})"/.exec(JSON.stringify(error.meta ?? {}));
  return told?.[1];
}

function codeOf(error: unknown, known: RegExp): boolean {
  return typeof error === "object" && error !== null && "code" in error && known.test(String(error.code));
}
