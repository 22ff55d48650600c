"use client";

import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { FileX } from "lucide-react";
import { useRouter } from "next/navigation";
import { isOpen, reportQuery } from "@/client/reports-queries";
import layout from "@/components/ui/layout.module.css";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import { ThingHeader } from "@/components/ui/thing-header";
import { AppError } from "@/lib/kernel/errors";
import type { ReportView } from "@/lib/reports/shapes";
import { MailsPanel } from "./mails-panel";
import { ReportActions } from "./report-actions";
import { ReportFacts } from "./report-facts";
import { ReportProgress } from "./report-progress";
import { reportStates } from "./words";

/** One report: how far it is, its file, and to whom it was mailed. */
export function ReportScreen({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(reportQuery(id));
  if (error instanceof AppError && error.code === "not_found") return <NoReport />;
  if (!data) return error ? <LoadError what="The report" error={error} retry={refetch} /> : null;
  return (
    <div className={layout.stack}>
      <Header report={data} />
      {error && <LoadError what="The report's newest state" error={error} retry={refetch} />}
      <State report={data} />
      <ReportFacts report={data} />
      {data.mails.length > 0 && <MailsPanel mails={data.mails} />}
    </div>
  );
}

function Header({ report }: { report: ReportView }) {
  const router = useRouter();
  const { word, tone, busy } = reportStates[report.status];
  return (
    <ThingHeader
      place={{ href: "/reports", name: "Reports" }}
      here={report.id.slice(-8)}
      title={<bdi>{report.title}</bdi>}
      under={
        <>
          {" "}
          <span role="status">
            <Badge tone={tone} busy={busy}>
              {word}
            </Badge>
          </span>
          <span>
            Asked for by <bdi>{report.askedBy}</bdi> <RelativeTime at={report.createdAt} />
          </span>
          {report.schedule !== null && (
            <span>
              For the schedule{" "}
              <Link href="/reports?view=schedules">
                <bdi>{report.schedule.name}</bdi>
              </Link>
            </span>
          )}
        </>
      }
      actions={
        <ReportActions
          report={report}
          wide
          onMade={({ id }) => router.push(`/reports/${id}`)}
          onRemoved={() => router.push("/reports")}
        />
      }
    />
  );
}

/** What has to be known before the facts: that it goes on, why it failed, or that its file is gone. */
function State({ report }: { report: ReportView }) {
  if (isOpen(report)) return <ReportProgress report={report} />;
  if (report.status === "failed")
    return (
      <Alert color="red" variant="light" title="This report was not made" role="alert">
        {report.words ?? "It is not known why."} Make it again once that is mended.
      </Alert>
    );
  if (report.status === "cancelled")
    return (
      <Alert color="gray" variant="light" title="This report was cancelled">
        {report.words ?? "Nothing was kept of it."}
      </Alert>
    );
  if (report.file?.removed)
    return (
      <Alert color="gray" variant="light" title="Its file is not kept any more">
        Files are removed when their time is over. Make the report again: it then tells of the same period as far as
        figures are still kept.
      </Alert>
    );
  return null;
}

function NoReport() {
  return (
    <Message page icon={FileX} title="There is no such report" action={<Link href="/reports">All reports</Link>}>
      It was removed, or it tells of what is not yours to see.
    </Message>
  );
}
