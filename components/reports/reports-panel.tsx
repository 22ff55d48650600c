"use client";

import { Button, MultiSelect } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { FileText, ListX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { kindsQuery, reportsQuery } from "@/client/reports-queries";
import { FilterChips } from "@/components/ui/filter-chips";
import { ListFrame, MoreRows, Toolbar } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { ReportsTable } from "./reports-table";
import { reportsInput, searchReports, stageNames, stages } from "./search-reports";
import { kindLabel } from "./words";

/** What was asked for, newest first, with what became of it. */
export function ReportsPanel({ ask }: { ask: () => void }) {
  const [view, set] = useQueryStates(searchReports);
  const { data: known } = useQuery(kindsQuery());
  const query = useInfiniteQuery(reportsQuery(reportsInput(view)));
  const reports = query.data?.pages.flatMap((page) => page.reports) ?? [];
  const narrowed = view.stage !== "all" || view.kind.length > 0;
  return (
    <>
      {(reports.length > 0 || narrowed) && (
        <Toolbar>
          <FilterChips
            label="Status"
            value={view.stage}
            choices={stageNames.map((value) => ({ value, label: stages[value].label }))}
            onChange={(stage) => void set({ stage })}
          />
          <MultiSelect
            size="xs"
            miw={180}
            aria-label="Kinds"
            placeholder={view.kind.length === 0 ? "Any kind" : ""}
            data={known?.kinds.map(({ name }) => ({ value: name, label: kindLabel(name) })) ?? []}
            value={view.kind}
            onChange={(kind) => void set({ kind })}
            clearable
            clearButtonProps={{ "aria-label": "Any kind" }}
          />
        </Toolbar>
      )}
      {query.error && (
        <LoadError what={query.data ? "The newest list" : "The reports"} error={query.error} retry={query.refetch} />
      )}
      {query.isPending && (
        <ListFrame>
          <ReportsTable reports={null} made={null} onMade={() => undefined} />
        </ListFrame>
      )}
      {query.data && (
        <ListFrame waiting={query.isPlaceholderData || query.isError}>
          {reports.length === 0 ? (
            <NoReports narrowed={narrowed} clear={() => void set({ stage: null, kind: null })} ask={ask} />
          ) : (
            <ReportsTable reports={reports} made={view.made} onMade={(made) => void set({ made })} />
          )}
          <MoreRows query={query} words="Older" />
        </ListFrame>
      )}
    </>
  );
}

function NoReports({ narrowed, clear, ask }: { narrowed: boolean; clear: () => void; ask: () => void }) {
  if (narrowed)
    return (
      <Message
        icon={ListX}
        title="No report matches"
        action={
          <Button variant="default" size="xs" onClick={clear}>
            Show all reports
          </Button>
        }
      >
        There is none of this status and kind.
      </Message>
    );
  return (
    <Message
      icon={FileText}
      title="No report yet"
      action={
        <Button variant="default" size="xs" onClick={ask}>
          Make the first
        </Button>
      }
    >
      A report tells of the fleet or of one tenant as a PDF, or holds a table as CSV. It is made in the background and
      kept for download. Every table of the console has Export, with its own filters; under Schedules a report is made
      again and again, and mailed.
    </Message>
  );
}
