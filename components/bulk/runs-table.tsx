"use client";

import { useNow } from "@/client/now";
import { DataTable, TwoLines } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import text from "@/components/ui/text.module.css";
import type { RunView } from "@/lib/bulk/shapes";
import { ProgressBar } from "./progress-bar";
import listClasses from "./runs.module.css";
import { isPlan, outcomeWords, runHeading, runState, spanWords, tenantWords } from "./words";

/** Runs as a table, newest first. */
export function RunsTable({ runs }: { runs: RunView[] }) {
  return (
    <DataTable
      label="Bulk runs"
      rows={runs}
      columns={[
        {
          id: "run",
          header: "Run",
          cell: (run) => (
            <TwoLines
              first={
                <Link href={`/bulk/${run.id}`} className={text.link} title={runHeading(run)}>
                  {runHeading(run)}
                </Link>
              }
              second={run.note === "" ? run.selection : run.note}
            />
          ),
        },
        {
          id: "status",
          header: "Status",
          width: 160,
          cell: (run) => {
            const { word, tone, busy } = runState(run);
            return (
              <Badge tone={tone} busy={busy ?? false} title={run.reason}>
                {word}
              </Badge>
            );
          },
        },
        { id: "progress", header: "Progress", width: 200, cell: (run) => <Meter run={run} /> },
        {
          id: "who",
          header: "Who",
          width: 130,
          quiet: true,
          cell: ({ plannedBy, confirmed }) => (
            <span
              title={confirmed ? `Planned by ${plannedBy}, confirmed by ${confirmed.name}` : `Planned by ${plannedBy}`}
            >
              <bdi>{confirmed?.name ?? plannedBy}</bdi>
            </span>
          ),
        },
        {
          id: "when",
          header: "Planned",
          width: 110,
          quiet: true,
          cell: ({ plannedAt }) => <RelativeTime at={plannedAt} />,
        },
        { id: "took", header: "Took", width: 84, numeric: true, quiet: true, cell: (run) => <Took run={run} /> },
      ]}
    />
  );
}

function Meter({ run }: { run: RunView }) {
  if (isPlan(run.status))
    return <span className={text.quiet}>{tenantWords(run.total - run.counts.skipped)} planned</span>;
  return (
    <span className={listClasses.meter}>
      <ProgressBar counts={run.counts} label={`Progress of ${runHeading(run)}`} />
      <span title={outcomeWords(run.counts)}>{outcomeWords(run.counts)}</span>
    </span>
  );
}

function Took({ run: { startedAt, finishedAt } }: { run: RunView }) {
  const now = useNow(5000);
  if (startedAt === null) return <>—</>;
  const end = finishedAt === null ? now : Date.parse(finishedAt);
  return <span className="tabular">{end === null ? "—" : spanWords((end - Date.parse(startedAt)) / 1000)}</span>;
}
