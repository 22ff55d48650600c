import type { AuditRowView } from "./contract";

const columns = [
  "id",
  "createdAt",
  "outcome",
  "operation",
  "actorKind",
  "actorId",
  "actor",
  "target",
  "reason",
  "input",
  "before",
  "after",
  "requestId",
  "ipAddress",
  "userAgent",
  "hash",
] as const satisfies (keyof AuditRowView)[];

/** Rows as CSV (RFC 4180), with a header line. */
export async function* csvLines(batches: AsyncIterable<AuditRowView[]>): AsyncGenerator<string, void, undefined> {
  yield `${columns.join(",")}\r\n`;
  for await (const batch of batches) {
    yield batch.map((row) => `${columns.map((column) => field(row[column])).join(",")}\r\n`).join("");
  }
}

// OWASP, CSV injection: with these a spreadsheet begins a formula, in their full width too, also after blanks.
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** One field, always quoted; what a spreadsheet would run as a formula gets an apostrophe in front, and is text. */
export function field(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
