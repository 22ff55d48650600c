import { Button } from "@mantine/core";
import { DataTable, TwoLines } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { Badge } from "@/components/ui/status-badge";
import type { Finding } from "@/lib/fleet/contract";
import classes from "./health.module.css";
import { severityWords } from "./words";

type FindingsTableProps = { findings: Finding[]; mend: ((id: string) => void) | undefined; mending: boolean };

/** Findings, each with what it is about and what to do. Who may not mend sees no buttons. */
export function FindingsTable({ findings, mend, mending }: FindingsTableProps) {
  return (
    <DataTable
      label="Findings"
      rows={findings}
      actionsWidth={96}
      {...(mend && {
        actions: ({ id, mendable, words }: Finding) =>
          mendable && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={mending}
              onClick={() => mend(id)}
              aria-label={`Mend: ${words}`}
            >
              Mend
            </Button>
          ),
      })}
      columns={[
        {
          id: "words",
          header: "What is wrong",
          wraps: true,
          cell: ({ words }) => <span className={classes.words}>{words}</span>,
        },
        { id: "subject", header: "Where", width: 190, cell: (one) => <Where finding={one} /> },
        {
          id: "severity",
          header: "Severity",
          width: 110,
          cell: ({ severity }) => <Badge tone={severityWords[severity].tone}>{severityWords[severity].word}</Badge>,
        },
        { id: "mend", header: "What to do", width: 320, wraps: true, cell: ({ mend: todo }) => todo },
      ]}
    />
  );
}

function Where({ finding: { subject, server } }: { finding: Finding }) {
  const href = { tenant: `/tenants/${subject.id}`, run: `/bulk/${subject.id}` }[subject.kind as string];
  const name = <bdi>{subject.name}</bdi>;
  return (
    <TwoLines
      first={href === undefined ? name : <Link href={href}>{name}</Link>}
      second={server === null || server.id === subject.id ? subject.kind : `${subject.kind} on ${server.name}`}
    />
  );
}
