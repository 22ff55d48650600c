import { csvLine } from "@/lib/kernel/csv";
import { type AuditRowView, auditColumns } from "./contract";

/** Rows as CSV (RFC 4180), with a header line: the chosen columns, or all. */
export async function* csvLines(
  batches: AsyncIterable<AuditRowView[]>,
  chosen: readonly (typeof auditColumns)[number][],
): AsyncGenerator<string, void, undefined> {
  const columns = chosen.length > 0 ? chosen : auditColumns;
  yield `${columns.join(",")}\r\n`;
  for await (const batch of batches) {
    yield batch.map((row) => csvLine(columns.map((column) => row[column]))).join("");
  }
}
