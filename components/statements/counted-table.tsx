import { type Column, DataTable } from "@/components/ui/data-table";
import { count } from "@/components/ui/format";
import { StatementText } from "./statement-text";
import { type Counted, lastedWords } from "./words";

type Row = Counted & { id: string };

const columns: Column<Row>[] = [
  {
    id: "statement",
    header: "Statement",
    wraps: true,
    cell: ({ statement }) => <StatementText text={statement} />,
  },
  { id: "share", header: "Share of time", width: 120, numeric: true, cell: ({ share }) => shareWords(share) },
  { id: "total", header: "Total", width: 110, numeric: true, cell: ({ totalMs }) => lastedWords(totalMs / 1000) },
  { id: "mean", header: "Mean", width: 90, numeric: true, cell: ({ meanMs }) => lastedWords(meanMs / 1000) },
  { id: "calls", header: "Calls", width: 90, numeric: true, cell: ({ calls }) => count(calls) },
  { id: "rows", header: "Rows", width: 90, numeric: true, cell: ({ rows }) => count(rows) },
];

/** Which statements took most time since they are counted, the most first. */
export function CountedTable({ top }: { top: readonly Counted[] | null }) {
  const rows = top?.map((one, index) => ({ ...one, id: String(index) })) ?? null;
  return <DataTable label="Statements that took most time" dense columns={columns} rows={rows} />;
}

function shareWords(share: number | null): string {
  if (share === null) return "unknown";
  const percent = share * 100;
  return percent > 0 && percent < 1 ? "<1 %" : `${Math.round(percent)} %`;
}
