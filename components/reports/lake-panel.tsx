"use client";

import { Alert } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Waves } from "lucide-react";
import { lakeQuery } from "@/client/reports-queries";
import { DataTable } from "@/components/ui/data-table";
import { count, showBytes } from "@/components/ui/format";
import layout from "@/components/ui/layout.module.css";
import { ListFrame, MoreRows } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import { RelativeTime } from "@/components/ui/relative-time";
import type { LakeDay, LakeView } from "@/lib/lake/contract";
import classes from "./reports.module.css";

/** Usage as Parquet by day and tenant, in a folder that other engines read. */
export function LakePanel() {
  const query = useInfiniteQuery(lakeQuery());
  const first = query.data?.pages[0];
  if (!first)
    return query.error ? (
      <LoadError what="The usage lake" error={query.error} retry={query.refetch} />
    ) : (
      <Panel title="Days" flush>
        <Days days={null} />
      </Panel>
    );
  const days = query.data?.pages.flatMap((page) => page.days) ?? [];
  if (!first.on && days.length === 0)
    return (
      <ListFrame>
        <Message icon={Waves} title="No usage lake">
          With LAKE_DIR set to a folder, each day&apos;s usage is written there as Parquet, a file a tenant and day, for
          DuckDB, Spark or whatever reads Parquet. Restart Tenantry after setting it.
        </Message>
      </ListFrame>
    );
  return (
    <div className={layout.stack}>
      {query.error && <LoadError what="The newest of the lake" error={query.error} retry={query.refetch} />}
      <Troubles lake={first} />
      <Panel title="Days" note={totalWords(first)} flush>
        {days.length === 0 ? (
          <Message icon={Waves} title="No day is written yet">
            A day is written once it is over and rolled up.
          </Message>
        ) : (
          <Days days={days} />
        )}
        <MoreRows query={query} words="Older" />
        <p className={classes.note}>
          {first.folder === null ? "LAKE_DIR is not set: nothing new is written. " : `In ${first.folder}. `}
          {first.waitingDays > 0 && `${plural(first.waitingDays, "day waits", "days wait")} to be written. `}
          {`New days are written by the ${first.level}.`}
        </p>
      </Panel>
    </div>
  );
}

function totalWords({ total }: LakeView): string {
  return `${plural(total.days, "day")}, ${count(total.rows)} rows, ${showBytes(total.bytes)}`;
}

function Troubles({ lake: { lastError } }: { lake: LakeView }) {
  if (lastError === null) return null;
  return (
    <Alert color="red" variant="light" title={`${lastError.day} could not be written`} role="alert">
      {lastError.words} (<RelativeTime at={lastError.at} />) It is tried again.
    </Alert>
  );
}

function Days({ days }: { days: readonly LakeDay[] | null }) {
  return (
    <DataTable
      label="Days of the lake"
      rows={days?.map((day) => ({ ...day, id: day.day })) ?? null}
      dense
      columns={[
        { id: "day", header: "Day (UTC)", cell: ({ day }) => <span className="tabular">{day}</span> },
        { id: "level", header: "By the", width: 90, quiet: true, cell: ({ level }) => level },
        { id: "rows", header: "Rows", width: 120, numeric: true, cell: ({ rows }) => count(rows) },
        { id: "tenants", header: "Tenants", width: 100, numeric: true, cell: ({ tenants }) => count(tenants) },
        { id: "bytes", header: "Size", width: 110, numeric: true, cell: ({ bytes }) => showBytes(bytes) },
        {
          id: "written",
          header: "Written",
          width: 130,
          quiet: true,
          cell: ({ writtenAt }) => <RelativeTime at={writtenAt} />,
        },
      ]}
    />
  );
}
