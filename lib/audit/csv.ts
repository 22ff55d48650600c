import { csvLine } from "@/lib/kernel/csv";
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
    yield batch.map((row) => csvLine(columns.map((column) => row[column]))).join("");
  }
}
