import { AppError, type ErrorCode } from "@/lib/kernel/errors";
import { ApiError } from "@/lib/sdk/api-error";

/** The exit codes of every command. */
export const exits = {
  done: 0,
  failed: 1,
  askedWrongly: 2,
  notAllowed: 3,
  notFound: 4,
  conflict: 5,
  later: 6,
  found: 7,
  interrupted: 130,
} as const;

/** A check ran to its end and found something. */
export class Found extends Error {}

/** Something that was waited for ended badly; the words say what. */
export class Failed extends Error {}

/** Somebody pressed Ctrl-C where they were asked. */
export class Interrupted extends Error {}

/** The command was asked wrongly. */
export class Misused extends Error {}

/** The refusal of what no API does, where a command would work over one. */
export function hostOnly(): Misused {
  return new Misused("This is done on the installation's own host, without --url.");
}

const byCode: Record<ErrorCode, number> = {
  invalid: exits.askedWrongly,
  method_not_allowed: exits.askedWrongly,
  not_acceptable: exits.askedWrongly,
  too_large: exits.askedWrongly,
  unsupported_media: exits.askedWrongly,
  unauthenticated: exits.notAllowed,
  forbidden: exits.notAllowed,
  not_found: exits.notFound,
  conflict: exits.conflict,
  changed: exits.conflict,
  limit: exits.later,
  unavailable: exits.later,
  internal: exits.failed,
};

/** The exit code of a failure. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Found) return exits.found;
  if (error instanceof Interrupted) return exits.interrupted;
  if (error instanceof Misused) return exits.askedWrongly;
  if (error instanceof AppError) return byCode[error.code];
  return error instanceof ApiError ? byStatus(error.status) : exits.failed;
}

function byStatus(status: number): number {
  if (status === 401 || status === 403) return exits.notAllowed;
  if (status === 404) return exits.notFound;
  if (status === 409 || status === 412) return exits.conflict;
  if ([0, 429, 502, 503, 504].includes(status)) return exits.later;
  return status >= 400 && status < 500 ? exits.askedWrongly : exits.failed;
}

/** What went wrong, for the person at the terminal: a sentence, and a line for each field that needs another look. */
export function inWords(error: unknown): string {
  const fields = Object.entries(fieldsOf(error) ?? {});
  const id = error instanceof ApiError && error.status >= 500 ? error.requestId : null;
  return [
    sentenceOf(error),
    ...fields.map(([field, words]) => `  ${field}: ${words}`),
    ...(id && !sentenceOf(error).includes(id) ? [`  The installation's log has it under ${id}.`] : []),
  ].join("\n");
}

/** What is wrong with which field, where a failure says so. */
export function fieldsOf(error: unknown): Record<string, string> | undefined {
  if (error instanceof ApiError) return error.errors;
  return error instanceof AppError ? error.fields : undefined;
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ApiError && error.status === 401) return `${error.message.trim()} Give a key: TENANTRY_API_KEY.`;
  // Prisma's messages quote the query's values, secrets among them; their last line says what happened.
  const lines = error.message.trim().split("\n");
  return (error.name.startsWith("Prisma") ? lines.at(-1) : lines.join("\n")) ?? "";
}
