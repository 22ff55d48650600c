import { DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import type { ReportView } from "@/lib/reports/shapes";
import { mailStates, mailWords } from "./words";

/** To whom a report was mailed, and what the mail server said of each. */
export function MailsPanel({ mails }: Pick<ReportView, "mails">) {
  return (
    <Panel title="Mails" note={mailWords(mails)} flush>
      <DataTable
        label="Mails"
        rows={mails.map((mail) => ({ ...mail, id: mail.address }))}
        columns={[
          { id: "address", header: "Address", cell: ({ address }) => <bdi>{address}</bdi> },
          {
            id: "status",
            header: "Status",
            width: 130,
            cell: ({ status }) => {
              const { word, tone, busy } = mailStates[status];
              return (
                <Badge tone={tone} busy={busy}>
                  {word}
                </Badge>
              );
            },
          },
          {
            id: "at",
            header: "Sent",
            width: 120,
            quiet: true,
            cell: ({ sentAt }) => (sentAt === null ? "—" : <RelativeTime at={sentAt} />),
          },
          {
            id: "words",
            header: "The mail server said",
            width: 320,
            quiet: true,
            wraps: true,
            cell: ({ words }) => words ?? "—",
          },
        ]}
      />
    </Panel>
  );
}
