"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Unplug, X } from "lucide-react";
import { poolsQuery } from "@/client/runtime-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { DataTable, TwoLines } from "@/components/ui/data-table";
import chips from "@/components/ui/filter-chips.module.css";
import { count } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import text from "@/components/ui/text.module.css";
import { type PoolSort, type ProcessView, poolSorts, type TenantPoolView } from "@/lib/processes/contract";
import { milliseconds, nameOf } from "./process-words";
import classes from "./runtime.module.css";
import { poolsInput, type RuntimeSearch } from "./search-runtime";

const sortWords: Record<PoolSort, string> = {
  open: "Connections",
  waiting: "Waiting now",
  waits: "Waits",
  waitMs: "Time waited",
  timeouts: "Timeouts",
  evictions: "Evictions",
  connects: "Opened",
};

type PoolsPanelProps = {
  view: RuntimeSearch;
  change: (part: Partial<RuntimeSearch>) => void;
  /** The process whose tenants are shown, where it is known. */
  process: ProcessView | undefined;
};

/** Tenants by the connections that processes keep to them, and by how requests waited. */
export function PoolsPanel({ view, change, process }: PoolsPanelProps) {
  const input = poolsInput(view);
  const { data, error, refetch, isPlaceholderData } = useQuery(poolsQuery(input));
  return (
    <Panel
      title="Tenants"
      note="counted until nobody used a tenant for an hour"
      actions={<ExportMenu table="pools" what="Connections of tenants" input={input} />}
      flush
    >
      <fieldset className={`${chips.chips} ${classes.chips}`} aria-label="Sort tenants by">
        {poolSorts.map((sort) => (
          <button
            key={sort}
            type="button"
            className={chips.chip}
            aria-pressed={view.sort === sort}
            onClick={() => change({ sort })}
          >
            {sortWords[sort]}
          </button>
        ))}
        {input.process !== undefined && (
          <button
            type="button"
            className={chips.chip}
            onClick={() => change({ process: null })}
            aria-label="Show the tenants of all processes"
          >
            {process ? `Only ${nameOf(process)}` : "Only one process"}
            <X size={13} aria-hidden="true" />
          </button>
        )}
      </fieldset>
      {error && <LoadError what="The tenants' connections" error={error} retry={refetch} />}
      {data?.pools.length === 0 && (
        <Message icon={Unplug} title="No tenant was used in the last hour">
          Connections are opened when requests come, and closed when nobody used them for a while.
        </Message>
      )}
      {data && data.pools.length > 0 && (
        <div className={`${classes.list} ${classes.trim}`} data-waiting={isPlaceholderData || undefined}>
          <PoolsTable pools={data.pools} />
          {data.total > data.pools.length && (
            <p className={classes.rest}>
              <span>{`${count(data.pools.length)} of ${count(data.total)} tenants`}</span>
              {!view.more && (
                <Button variant="default" size="xs" onClick={() => change({ more: true })}>
                  Show 200
                </Button>
              )}
            </p>
          )}
        </div>
      )}
    </Panel>
  );
}

function PoolsTable({ pools }: { pools: readonly TenantPoolView[] }) {
  return (
    <DataTable
      label="Tenants by connections"
      rows={pools.map((pool) => ({ ...pool, id: pool.tenant.id }))}
      columns={[
        {
          id: "tenant",
          header: "Tenant",
          cell: ({ tenant }) => (
            <TwoLines
              first={
                <Link href={`/tenants/${tenant.id}`} className={text.link} title={tenant.name}>
                  <bdi>{tenant.name}</bdi>
                </Link>
              }
              second={tenant.slug}
            />
          ),
        },
        {
          id: "open",
          header: "Connections",
          numeric: true,
          width: 130,
          cell: ({ open, idle }) => (
            <>
              {count(open)} <small className={classes.small}>{`${count(idle)} idle`}</small>
            </>
          ),
        },
        {
          id: "waiting",
          header: "Waiting now",
          numeric: true,
          width: 100,
          cell: ({ waiting }) => <span data-bad={waiting > 0 || undefined}>{count(waiting)}</span>,
        },
        { id: "waits", header: "Waits", numeric: true, width: 90, cell: ({ waits }) => count(waits) },
        {
          id: "waitMs",
          header: "Mean wait",
          numeric: true,
          width: 100,
          cell: ({ waits, waitMs }) => (waits === 0 ? "—" : milliseconds(waitMs / waits)),
        },
        {
          id: "timeouts",
          header: "Timeouts",
          numeric: true,
          width: 90,
          cell: ({ timeouts }) => <span data-bad={timeouts > 0 || undefined}>{count(timeouts)}</span>,
        },
        { id: "evictions", header: "Evictions", numeric: true, width: 90, cell: ({ evictions }) => count(evictions) },
        { id: "connects", header: "Opened", numeric: true, width: 90, cell: ({ connects }) => count(connects) },
        {
          id: "processes",
          header: "Processes",
          numeric: true,
          width: 90,
          quiet: true,
          cell: ({ processes }) => count(processes),
        },
      ]}
    />
  );
}
