import { type Column, DataTable } from "@/components/ui/data-table";
import type { analyticsGrowthContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import answer from "./answer.module.css";
import { Change, Value } from "./change";
import { signed } from "./growth-tiles";
import { TenantLink } from "./tenant-link";

type Fastest = OutputOf<typeof analyticsGrowthContract>["fastest"][number];

const columns: Column<Fastest & { id: string }>[] = [
  { id: "tenant", header: "Tenant", cell: ({ tenant }) => <TenantLink tenant={tenant} /> },
  { id: "size", header: "Size", width: 150, cell: ({ to }) => <Value metric="storage" value={to} /> },
  {
    id: "added",
    header: "Added",
    width: 150,
    cell: ({ from, to }) => (from === null || to === null ? "—" : signed(to - from)),
  },
  {
    id: "day",
    header: "Pace a day",
    width: 150,
    quiet: true,
    cell: ({ perDay }) => <span data-provenance={paceWords}>{signed(perDay)}</span>,
  },
  {
    id: "change",
    header: "Change",
    width: 150,
    cell: ({ from, to }) => <Change metric="storage" now={to} before={from} short />,
  },
];

const paceWords =
  "What was added, divided by the days between the first and the last figure of the tenant. Where those are less than a day apart, it is what a whole day at that pace would add.";

/** The tenants whose storage grows fastest. */
export function FastestTable({ rows }: { rows: readonly Fastest[] }) {
  if (rows.length === 0) return <p className={answer.none}>Nobody grew in this period.</p>;
  return (
    <DataTable
      label="Fastest growing"
      columns={columns}
      rows={rows.map((row) => ({ ...row, id: row.tenant.id }))}
      dense
    />
  );
}
