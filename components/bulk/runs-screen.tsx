"use client";

import { Button, MultiSelect } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Layers, ListX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { actionsQuery, runsQuery } from "@/client/bulk-queries";
import { useLive } from "@/client/live";
import { ExportMenu } from "@/components/reports/export-menu";
import { useAllowed } from "@/components/shell/user";
import { FilterChips } from "@/components/ui/filter-chips";
import { Link } from "@/components/ui/link";
import { ListFrame, MoreRows, Toolbar } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import type { RunView } from "@/lib/bulk/shapes";
import { RunsTable } from "./runs-table";
import { runsInput, searchRuns, stageNames, stages } from "./search-runs";
import { isEnded } from "./words";

const movingMs = 3000;
const restingMs = 15_000;

/** Every bulk run: what waits to be confirmed, what is at work, and what was. */
export function RunsScreen() {
  useLive("bulk");
  const [view, setView] = useQueryStates(searchRuns);
  const { data: known } = useQuery(actionsQuery());
  const query = useInfiniteQuery({
    ...runsQuery(runsInput(view)),
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.runs.some(isMoving)) ? movingMs : restingMs),
  });
  const runs = query.data?.pages.flatMap((page) => page.runs) ?? [];
  const narrowed = view.stage !== "all" || view.action.length > 0;
  return (
    <>
      <PageHeader title="Bulk runs" note="One action over many tenants: planned, confirmed, done in waves, taken back">
        {runs.length > 0 && <ExportMenu table="bulk-runs" what="Bulk runs" input={runsInput(view)} />}
        <StartButton />
      </PageHeader>
      {(runs.length > 0 || narrowed) && (
        <Toolbar>
          <FilterChips
            label="Status"
            value={view.stage}
            choices={stageNames.map((value) => ({ value, label: stages[value].label }))}
            onChange={(stage) => void setView({ stage })}
          />
          <MultiSelect
            size="xs"
            miw={180}
            aria-label="Actions"
            placeholder={view.action.length === 0 ? "Any action" : ""}
            data={known?.actions.map(({ name, title }) => ({ value: name, label: title })) ?? []}
            value={view.action}
            onChange={(action) => void setView({ action })}
            clearable
            clearButtonProps={{ "aria-label": "Any action" }}
          />
        </Toolbar>
      )}
      {query.error && <LoadError what="The runs" error={query.error} retry={query.refetch} />}
      {query.data && (
        <ListFrame waiting={query.isPlaceholderData || query.isError}>
          {runs.length === 0 ? (
            <NoRuns narrowed={narrowed} clear={() => void setView(null)} />
          ) : (
            <RunsTable runs={runs} />
          )}
          <MoreRows query={query} words="Older" />
        </ListFrame>
      )}
    </>
  );
}

function isMoving({ status }: RunView): boolean {
  return !isEnded(status) && status !== "planned" && status !== "paused";
}

function StartButton() {
  const mayRead = useAllowed("tenants:read");
  const { data } = useQuery(actionsQuery());
  if (!mayRead || !data?.actions.some(({ allowed }) => allowed)) return null;
  return (
    <Button component={Link} href="/tenants" size="xs" leftSection={<Layers size={14} aria-hidden="true" />}>
      Choose tenants
    </Button>
  );
}

function NoRuns({ narrowed, clear }: { narrowed: boolean; clear: () => void }) {
  if (narrowed)
    return (
      <Message
        icon={ListX}
        title="No run matches"
        action={
          <Button variant="default" size="xs" onClick={clear}>
            Show all runs
          </Button>
        }
      >
        There are runs, but none with this status and action.
      </Message>
    );
  return (
    <Message icon={Layers} title="No bulk run yet" action={<StartButton />}>
      Tick tenants in their list, or all that match a filter, and choose an action. You get a plan that names every
      tenant and what to know of it; nothing is done before somebody confirms it with a code. Then it runs in waves, and
      can be paused, resumed and, for most actions, undone.
    </Message>
  );
}
