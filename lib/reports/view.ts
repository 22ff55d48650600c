import type { ReportRow } from "./find-report";
import type { ReportView } from "./shapes";

/** A report as the API shows it. */
export function reportView(row: ReportRow): ReportView {
  return {
    id: row.id,
    kind: row.kind,
    format: row.format as ReportView["format"],
    title: row.title,
    input: row.input as ReportView["input"],
    status: row.status,
    words: row.words,
    askedBy: row.askedBy,
    schedule: row.schedule,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    rows: Number(row.rows),
    total: row.total === null ? null : Number(row.total),
    file: fileView(row),
    mails: row.mails.map(({ address, status, words, sentAt }) => ({
      address,
      status: status as ReportView["mails"][number]["status"],
      words,
      sentAt: sentAt?.toISOString() ?? null,
    })),
  };
}

function fileView({ fileName, bytes, sha256, expiresAt, removed }: ReportRow): ReportView["file"] {
  if (fileName === null || bytes === null || sha256 === null) return null;
  return { name: fileName, bytes: Number(bytes), sha256, expiresAt: expiresAt?.toISOString() ?? null, removed };
}
