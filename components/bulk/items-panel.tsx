"use client";

import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ListX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { itemsQuery, rereadEvery } from "@/client/bulk-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { FilterChips } from "@/components/ui/filter-chips";
import { count } from "@/components/ui/format";
import { ListChips, MoreRows } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { SearchField } from "@/components/ui/search-field";
import { itemStatuses, type RunDetail } from "@/lib/bulk/shapes";
import { ItemTable } from "./item-table";
import itemClasses from "./items.module.css";
import { type ItemSearch, itemsInput, searchItems } from "./search-items";
import { isPlan, itemStates } from "./words";

const mostFailed = 10;

/** The tenants of a run, each with what will be or was done; narrowed by what stands in the address. */
export function ItemsPanel({ run }: { run: RunDetail }) {
  const [view, setView] = useQueryStates(searchItems);
  const [search] = useDebouncedValue(view.search, 250);
  const input = itemsInput({ ...view, search });
  const query = useInfiniteQuery({
    ...itemsQuery(run.id, input),
    refetchInterval: rereadEvery(run.status),
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <div id="tenants-of-run" className={itemClasses.anchor}>
      <Panel
        title="Tenants"
        note={query.data && items.length < total ? `${count(items.length)} of ${count(total)} shown` : undefined}
        actions={
          <>
            <SearchField
              label="Search the run's tenants"
              placeholder="Name or slug"
              value={view.search}
              onChange={(text) => void setView({ search: text })}
            />
            <ExportMenu table="bulk-items" what="Tenants of this run" input={{ run: run.id, ...input }} />
          </>
        }
        flush
      >
        <ListChips>
          <FilterChips
            label="Which tenants"
            value={view.only}
            choices={choicesOf(run, view.only)}
            onChange={(only) => void setView({ only })}
          />
        </ListChips>
        {query.error && <LoadError what="The tenants of the run" error={query.error} retry={query.refetch} />}
        {query.data && items.length === 0 && (
          <Message
            icon={ListX}
            title="None of them"
            action={
              <Button variant="default" size="xs" onClick={() => void setView({ only: "all", search: "" })}>
                Show all tenants
              </Button>
            }
          >
            No tenant of this run fits what you narrowed it to.
          </Message>
        )}
        {items.length > 0 && <ItemTable run={run} items={items} label="Tenants of the run" />}
        <MoreRows query={query} />
      </Panel>
    </div>
  );
}

/** What failed comes first, whatever else is shown. */
export function FailedItems({ run }: { run: RunDetail }) {
  const [view, setView] = useQueryStates(searchItems);
  const query = useInfiniteQuery({
    ...itemsQuery(run.id, { status: ["failed"], limit: mostFailed }),
    refetchInterval: rereadEvery(run.status),
  });
  const page = query.data?.pages[0];
  if (!page || page.items.length === 0 || view.only === "failed") return null;
  return (
    <Panel
      title={`${count(page.total)} failed`}
      actions={
        page.total > page.items.length && (
          <Button variant="subtle" size="compact-xs" onClick={() => void setView({ only: "failed", search: "" })}>
            Show all of them
          </Button>
        )
      }
      flush
    >
      <ItemTable run={run} items={page.items} label="Failed tenants" />
    </Panel>
  );
}

function choicesOf(run: RunDetail, chosen: ItemSearch["only"]) {
  const plan = isPlan(run.status);
  const words = (status: (typeof itemStatuses)[number]) => {
    if (plan && status === "pending") return "Will be done";
    return plan && status === "skipped" ? "Left out" : itemStates[status].word;
  };
  const statuses = itemStatuses
    .filter((status) => run.counts[status] > 0 || status === chosen)
    .map((status) => ({ value: status, label: words(status), count: run.counts[status] }));
  const warned =
    run.warnings.length > 0 || chosen === "warned" ? [{ value: "warned" as const, label: "With a warning" }] : [];
  return [{ value: "all" as const, label: "All", count: run.total }, ...statuses, ...warned];
}
