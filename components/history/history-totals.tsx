import { Change, Value } from "@/components/analytics/change";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/panel";
import type { TenantHistory } from "@/lib/analytics/shapes";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import classes from "./history.module.css";

type Total = NonNullable<TenantHistory["totals"][Metric]> & { id: Metric };

const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

const columns: readonly Column<Total>[] = [
  { id: "metric", header: "Metric", cell: ({ id }) => <a href={`#${id}`}>{metrics[id].label}</a> },
  { id: "avg", header: "Mean", width: 120, cell: ({ id, avg }) => <Value metric={id} value={avg} /> },
  {
    id: "change",
    header: "Change",
    width: 130,
    cell: ({ id, avg, before }) => <Change metric={id} now={avg} before={before} short />,
  },
  { id: "max", header: "Highest", width: 120, cell: ({ id, max }) => <Value metric={id} value={max} /> },
  { id: "min", header: "Lowest", width: 120, cell: ({ id, min }) => <Value metric={id} value={min} /> },
  { id: "last", header: "Newest", width: 120, cell: ({ id, last }) => <Value metric={id} value={last} /> },
  {
    id: "rank",
    header: "Rank",
    width: 90,
    cell: ({ rank }) => (rank === null ? <Unknown why="Nothing is known." /> : <Rank rank={rank} />),
  },
  {
    id: "known",
    header: "Known",
    width: 90,
    cell: ({ known }) => <span title="the part of the period for which it was measured">{percent.format(known)}</span>,
  },
];

/** What a tenant used over the period, how that changed, and its place among the tenants within reach. */
export function HistoryTotals({ totals, note }: { totals: TenantHistory["totals"]; note: string }) {
  const rows = Object.entries(totals).map(([id, total]) => ({ id: id as Metric, ...total }));
  return (
    <Panel title="Over the period" note={`change: to ${note}`} flush>
      <div className={classes.totals}>
        <DataTable label="Figures over the period" columns={columns} rows={rows} dense />
      </div>
    </Panel>
  );
}

function Rank({ rank }: { rank: number }) {
  return <span title={`${rank - 1} of the tenants within reach used more`}>#{rank}</span>;
}

function Unknown({ why }: { why: string }) {
  return <span title={why}>—</span>;
}
