"use client";

import { type Column, DataTable } from "@/components/ui/data-table";
import type { analyticsHeatmapContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import { Value } from "./change";
import { TenantLink } from "./tenant-link";
import { stepIn } from "./zoned-time";

export type Heat = OutputOf<typeof analyticsHeatmapContract>;

type Row = Heat["rows"][number] & { id: string };

/** The map's rows in words: mean, highest value, when that was, and how much is known. */
export function HeatTable({ heat }: { heat: Heat }) {
  const { metric, columns: times, span } = heat;
  const columns: Column<Row>[] = [
    { id: "tenant", header: "Tenant", cell: ({ tenant }) => <TenantLink tenant={tenant} /> },
    { id: "mean", header: "Mean", width: 130, cell: ({ mean }) => <Value metric={metric} value={mean} /> },
    { id: "peak", header: "Highest value", width: 130, cell: ({ peak }) => <Value metric={metric} value={peak} /> },
    { id: "hottest", header: "Highest step", width: 220, quiet: true, cell: ({ values }) => hottest(values) },
    { id: "known", header: "Known", width: 90, quiet: true, cell: ({ values }) => `${knownPart(values)} %` },
  ];
  const hottest = (values: Row["values"]) => {
    const known = values.filter((value) => value !== null);
    const time = times[values.indexOf(Math.max(...known))];
    return time === undefined ? "—" : stepIn(span.tz, time, span.stepSeconds);
  };
  return (
    <DataTable
      label="The heat map in words"
      columns={columns}
      rows={heat.rows.map((row) => ({ ...row, id: row.tenant.id }))}
    />
  );
}

function knownPart(values: Row["values"]): number {
  const known = values.filter((value) => value !== null).length;
  return known === values.length ? 100 : Math.min(99, Math.round((known / Math.max(1, values.length)) * 100));
}
