import { count } from "@/components/ui/format";
import type { ReportStatus, ReportView } from "@/lib/reports/shapes";

/** What a report's status is called, and its colour. */
export const reportStates = {
  waiting: { word: "Waiting", tone: "info", busy: true },
  running: { word: "Being made", tone: "info", busy: true },
  done: { word: "Done", tone: "ok", busy: false },
  failed: { word: "Failed", tone: "bad", busy: false },
  cancelled: { word: "Cancelled", tone: "quiet", busy: false },
} as const satisfies Record<ReportStatus, { word: string; tone: string; busy: boolean }>;

/** What a mail's status is called, and its colour. */
export const mailStates = {
  waiting: { word: "On its way", tone: "info", busy: true },
  sent: { word: "Sent", tone: "ok", busy: false },
  failed: { word: "Not sent", tone: "bad", busy: false },
} as const satisfies Record<ReportView["mails"][number]["status"], { word: string; tone: string; busy: boolean }>;

/** A kind's name as people read it: `bulk-runs` is "Bulk runs". */
export function kindLabel(name: string): string {
  const words = name.replaceAll(/[-_]/g, " ").replace(/\b(ip|api)\b/, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Progressing = Pick<ReportView, "status" | "rows" | "total" | "format">;

/** How far a report is, in words: a table by its rows, a document by its parts. */
export function progressWords({ status, rows, total, format }: Progressing): string {
  if (status === "waiting") return "Its turn comes soon";
  const what = format === "csv" ? "row" : "part";
  const many = `${count(rows)} ${rows === 1 ? what : `${what}s`}`;
  if (status === "done") return rows === 0 ? `No ${what}` : many;
  if (rows === 0 && total === null) return "Begun";
  return total === null ? `${many} so far` : `${count(rows)} of ${count(total)} ${total === 1 ? what : `${what}s`}`;
}

/** What became of a schedule's or report's mails, in a few words; empty where none were to be sent. */
export function mailWords(mails: ReportView["mails"]): string {
  const of = (status: ReportView["mails"][number]["status"]) => mails.filter((mail) => mail.status === status).length;
  const parts = [
    [of("sent"), "sent"],
    [of("waiting"), "on the way"],
    [of("failed"), "not sent"],
  ] as const;
  return parts.flatMap(([many, words]) => (many === 0 ? [] : [`${many} ${words}`])).join(", ");
}

/** Where a report's file is downloaded. */
export function filePath({ id }: Pick<ReportView, "id">): string {
  return `/api/tenancy/reports/${id}/file`;
}

/** Whether a report's file is there to be downloaded. */
export function hasFile({ status, file }: Pick<ReportView, "status" | "file">): boolean {
  return status === "done" && file !== null && !file.removed;
}
