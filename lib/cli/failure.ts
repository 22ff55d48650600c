import { AppError, type ErrorCode } from "@/lib/kernel/errors";

const exitCodes: Record<ErrorCode, number> = {
  invalid: 2,
  unauthenticated: 1,
  forbidden: 1,
  not_found: 1,
  conflict: 1,
  limit: 1,
  too_large: 1,
  unavailable: 1,
  internal: 1,
};

/** The exit code of a failure. */
export function exitCodeOf(error: unknown): number {
  return error instanceof AppError ? exitCodes[error.code] : 1;
}

/** What went wrong, for the person at the terminal: a sentence, and a line for each field that needs another look. */
export function inWords(error: unknown): string {
  const message = error instanceof Error ? error.message.trim() : String(error);
  const fields = error instanceof AppError ? Object.entries(error.fields ?? {}) : [];
  return [message, ...fields.map(([field, words]) => `  ${field}: ${words}`)].join("\n");
}
