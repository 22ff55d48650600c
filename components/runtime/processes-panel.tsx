"use client";

import { Checkbox } from "@mantine/core";
import { ExportMenu } from "@/components/reports/export-menu";
import { DataTable, TwoLines } from "@/components/ui/data-table";
import { count } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import type { ProcessView } from "@/lib/processes/contract";
import { OpenBar } from "./open-bar";
import { milliseconds, nameOf, percent, perSecond, stateBadges, troubledFirst } from "./process-words";
import { loansOver, type Readings, ratesOf } from "./rates";
import classes from "./runtime.module.css";
import { Sparkline } from "./sparkline";

type ProcessesPanelProps = {
  processes: readonly ProcessView[];
  readings: Readings;
  chosen: string | null;
  choose: (id: string | null) => void;
  ended: boolean;
  showEnded: (ended: boolean) => void;
};

/** Each app process: whether it runs, how near it is to its limit, and what moves. */
export function ProcessesPanel(props: ProcessesPanelProps) {
  const { processes, readings, chosen, choose, ended, showEnded } = props;
  const live = troubledFirst(processes).map((process) => {
    const heard = process.state === "running" ? readings.get(process.id) : undefined;
    return { ...process, rates: ratesOf(heard), loans: loansOver(heard) };
  });
  return (
    <Panel
      title="App processes"
      note="figures of the last 10 s; a loan is one use of a connection, reused or newly opened"
      actions={
        <>
          <Checkbox
            size="xs"
            label="Show ended"
            checked={ended}
            onChange={(event) => showEnded(event.currentTarget.checked)}
          />
          <ExportMenu table="processes" what="App processes" input={{ ended: String(ended) }} />
        </>
      }
      flush
    >
      <div className={classes.trim}>
        <DataTable
          label="App processes"
          rows={live}
          faded={({ state }) => state !== "running"}
          columns={[
            {
              id: "process",
              header: "Process",
              cell: (process) => (
                <TwoLines
                  first={
                    <button
                      type="button"
                      className={classes.choose}
                      aria-pressed={chosen === process.id}
                      title={`${nameOf(process)}: show the tenants that it serves`}
                      onClick={() => choose(chosen === process.id ? null : process.id)}
                    >
                      <bdi>{process.app}</bdi>
                    </button>
                  }
                  second={`${process.host} · pid ${process.pid}`}
                />
              ),
            },
            { id: "state", header: "State", width: 124, wraps: true, cell: (process) => <State process={process} /> },
            { id: "open", header: "Connections", width: 150, cell: (process) => <Connections process={process} /> },
            {
              id: "waiting",
              header: "Waiting",
              width: 112,
              wraps: true,
              cell: ({ waiting, rates }) => (
                <TwoLines
                  first={<span data-bad={waiting > 0 || undefined}>{`${count(waiting)} now`}</span>}
                  second={rates ? wordsOfWaits(rates) : "—"}
                />
              ),
            },
            {
              id: "timeouts",
              header: "Timeouts",
              width: 92,
              wraps: true,
              cell: ({ timeouts, rates }) => (
                <TwoLines
                  first={
                    <span data-bad={(rates && rates.timeouts > 0) || undefined}>
                      {rates ? perSecond(rates.timeouts) : "—"}
                    </span>
                  }
                  second={`${count(timeouts)} in all`}
                />
              ),
            },
            {
              id: "loans",
              header: "Loans",
              width: 168,
              cell: ({ loans, rates }) => (
                <span className={classes.loans}>
                  <TwoLines
                    first={rates ? perSecond(rates.loans) : "—"}
                    second={rates?.reused == null ? "" : `${percent(rates.reused)} reused`}
                  />
                  <Sparkline values={loans} />
                </span>
              ),
            },
            {
              id: "connects",
              header: "Opened",
              width: 104,
              wraps: true,
              cell: ({ rates }) =>
                rates ? (
                  <TwoLines first={perSecond(rates.connects)} second={`${perSecond(rates.evictions)} evicted`} />
                ) : (
                  "—"
                ),
            },
            {
              id: "lookups",
              header: "From memory",
              width: 120,
              wraps: true,
              cell: (process) => <LookUps process={process} />,
            },
          ]}
        />
      </div>
    </Panel>
  );
}

function wordsOfWaits({ waits, waitTime }: { waits: number; waitTime: number | null }): string {
  return waitTime === null ? perSecond(waits) : `${perSecond(waits)}, ${milliseconds(waitTime)}`;
}

function State({ process: { state, startedAt, seenAt, stoppedAt } }: { process: ProcessView }) {
  const { word, tone } = stateBadges[state];
  return (
    <TwoLines
      first={<Badge tone={tone}>{word}</Badge>}
      second={
        state === "running" ? (
          <>
            since <RelativeTime at={startedAt} />
          </>
        ) : (
          <RelativeTime at={stoppedAt ?? seenAt} />
        )
      }
    />
  );
}

function Connections({ process: { state, open, idle, tenants, limits } }: { process: ProcessView }) {
  if (state === "stopped") return <>—</>;
  return (
    <span className={classes.connections} title={`${count(idle)} idle, to ${count(tenants)} tenants`}>
      <span>
        {`${count(open)} of ${count(limits.total)}`} <small>{`${count(idle)} idle`}</small>
      </span>
      <OpenBar open={open} idle={idle} total={limits.total} />
    </span>
  );
}

/** Who answered when a tenant was looked up, since the process started. */
function LookUps({ process: { lookups, memoryHits, redisHits } }: { process: ProcessView }) {
  if (lookups === 0) return <>—</>;
  const asked = Math.max(0, lookups - memoryHits - redisHits);
  const rest = `${redisHits > 0 ? `Redis ${percent(redisHits / lookups)}, ` : ""}PostgreSQL ${count(asked)}`;
  return (
    <span title={`Of ${count(lookups)} look-ups of tenants since the start`}>
      <TwoLines first={percent(memoryHits / lookups)} second={rest} />
    </span>
  );
}
