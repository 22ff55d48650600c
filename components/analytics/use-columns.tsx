import { createColumnHelper, tableFeatures } from "@tanstack/react-table";
import { inWords } from "@/components/ui/format";
import { capital } from "@/components/ui/status-badge";
import type { analyticsTenantsContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import type { Metric } from "@/lib/kernel/metrics";
import { Change, Value } from "./change";
import { ShareBar } from "./share-bar";
import { hasSum, showSum, sumWords } from "./sums";
import { TenantLink } from "./tenant-link";

/** One tenant of the table, with its figures of every metric. */
export type TenantUse = OutputOf<typeof analyticsTenantsContract>["tenants"][number];

/** The table's features: the server sorts, filters and pages, so the core alone. */
export const features = tableFeatures({});

const column = createColumnHelper<typeof features, TenantUse>();

/** The columns of a metric; the ids that are sorts stand in `RankSort`. */
export function columnsOf(metric: Metric) {
  const figures = ({ original }: { original: TenantUse }) => original.figures[metric];
  const columns = [
    column.display({ id: "name", header: "Tenant", cell: ({ row }) => <TenantLink tenant={row.original.tenant} /> }),
    column.display({ id: "plan", header: "Plan", cell: ({ row }) => capital(row.original.tenant.plan) }),
    column.display({
      id: "avg",
      header: "Mean",
      cell: ({ row }) => <Value metric={metric} value={figures(row)?.avg} />,
    }),
    column.display({
      id: "max",
      header: "Highest value",
      cell: ({ row }) => <Value metric={metric} value={figures(row)?.max} />,
    }),
  ];
  const summed = [
    column.display({ id: "sum", header: sumWords(metric), cell: ({ row }) => sumOf(metric, figures(row)?.sum) }),
    column.display({
      id: "share",
      header: "Share",
      cell: ({ row }) => <ShareBar share={figures(row)?.share ?? null} />,
    }),
  ];
  const change = column.display({
    id: "change",
    header: "Change",
    cell: ({ row }) => <Change metric={metric} now={figures(row)?.avg} before={figures(row)?.before} short />,
  });
  return column.columns(hasSum(metric) ? [...columns, ...summed, change] : [...columns, change]);
}

function sumOf(metric: Metric, sum: number | null | undefined): string {
  const shown = sum == null ? null : showSum(metric, sum);
  return shown === null ? "—" : inWords(shown);
}
