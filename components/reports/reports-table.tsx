"use client";

import { isOpen } from "@/client/reports-queries";
import { type Column, DataTable, TwoLines } from "@/components/ui/data-table";
import { showBytes } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import type { ReportView } from "@/lib/reports/shapes";
import { Expiry } from "./expiry";
import { ReportActions } from "./report-actions";
import { ReportProgress } from "./report-progress";
import classes from "./reports.module.css";
import { kindLabel, mailWords, progressWords, reportStates } from "./words";

type ReportsTableProps = { reports: readonly ReportView[] | null; made: string | null; onMade: (id: string) => void };

/** What was asked for, newest first. */
export function ReportsTable({ reports, made, onMade }: ReportsTableProps) {
  return (
    <DataTable
      label="Reports"
      rows={reports}
      columns={columnsOf(made)}
      actionsWidth={162}
      actions={(report) => (
        <span className={classes.rowActions}>
          <ReportActions report={report} onMade={({ id }) => onMade(id)} />
        </span>
      )}
    />
  );
}

const columnsOf = (made: string | null): Column<ReportView>[] => [
  {
    id: "report",
    header: "Report",
    cell: ({ id, title, kind, format, schedule }) => (
      <TwoLines
        first={
          <Link href={`/reports/${id}`} className={classes.link} title={title} data-made={id === made || undefined}>
            <bdi>{title}</bdi>
          </Link>
        }
        second={
          <>
            {kindLabel(kind)} · {format.toUpperCase()}
            {schedule !== null && (
              <>
                {" "}
                · <bdi>{schedule.name}</bdi>
              </>
            )}
          </>
        }
      />
    ),
  },
  { id: "status", header: "Status", width: 220, wraps: true, cell: (report) => <State report={report} /> },
  {
    id: "size",
    header: "Size",
    width: 104,
    numeric: true,
    cell: (report) =>
      report.file === null ? "—" : <TwoLines first={showBytes(report.file.bytes)} second={progressOf(report)} />,
  },
  {
    id: "who",
    header: "Asked by",
    width: 150,
    quiet: true,
    cell: ({ askedBy, createdAt }) => (
      <TwoLines
        first={
          <span className={classes.plain} title={askedBy}>
            <bdi>{askedBy}</bdi>
          </span>
        }
        second={<RelativeTime at={createdAt} />}
      />
    ),
  },
  { id: "kept", header: "Kept", width: 138, quiet: true, cell: ({ file }) => <Expiry file={file} /> },
];

function progressOf(report: ReportView): string {
  return report.format === "csv" ? progressWords(report) : "";
}

function State({ report }: { report: ReportView }) {
  if (isOpen(report))
    return (
      <span role="status">
        <Badge tone="info" busy>
          {reportStates[report.status].word}
        </Badge>
        <ReportProgress report={report} />
      </span>
    );
  const { word, tone, busy } = reportStates[report.status];
  const mails = mailWords(report.mails);
  const second = report.words ?? (mails === "" ? "" : `Mails: ${mails}`);
  return (
    <TwoLines
      first={
        <Badge tone={tone} busy={busy}>
          {word}
        </Badge>
      }
      second={second === "" ? "" : <span title={second}>{second}</span>}
    />
  );
}
