import { type Column, DataTable } from "@/components/ui/data-table";
import { capital } from "@/components/ui/status-badge";
import type { Over } from "@/lib/analytics/shapes";
import type { TenantName } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import { Change, Value } from "./change";
import { ShareBar } from "./share-bar";
import { TenantLink } from "./tenant-link";

type TopRow = { tenant: TenantName; over: Over; before: number | null; share?: number | null };

/** Tenants with their mean, range, share and change, in the order in which they come. */
export function TopTable({ metric, rows }: { metric: Metric; rows: readonly TopRow[] }) {
  // The lowest of what goes up and down at each moment, as CPU does, is nothing at all for everybody.
  const stands = metric === "memory" || metric === "storage";
  const shares = rows.some(({ share }) => share != null);
  const columns: Column<TopRow & { id: string }>[] = [
    { id: "tenant", header: "Tenant", cell: ({ tenant }) => <TenantLink tenant={tenant} /> },
    { id: "plan", header: "Plan", width: 110, quiet: true, cell: ({ tenant }) => capital(tenant.plan) },
    { id: "mean", header: "Mean", width: 110, cell: ({ over }) => <Value metric={metric} value={over.avg} /> },
    ...(stands
      ? [
          {
            id: "min",
            header: "Lowest",
            width: 110,
            cell: ({ over }: TopRow) => <Value metric={metric} value={over.min} />,
          },
        ]
      : []),
    { id: "max", header: "Highest value", width: 120, cell: ({ over }) => <Value metric={metric} value={over.max} /> },
    ...(shares
      ? [{ id: "share", header: "Share", width: 200, cell: ({ share }: TopRow) => <ShareBar share={share ?? null} /> }]
      : []),
    {
      id: "change",
      header: "Change",
      width: 110,
      cell: ({ over, before }) => <Change metric={metric} now={over.avg} before={before} short />,
    },
    { id: "known", header: "Known", width: 80, quiet: true, cell: ({ over }) => known(over.known) },
  ];
  return <DataTable label="Top tenants" columns={columns} rows={rows.map((row) => ({ ...row, id: row.tenant.id }))} />;
}

/** The part of the period for which something is known; nearly all is not all. */
function known(part: number): string {
  return `${part >= 1 ? 100 : Math.min(99, Math.round(part * 100))} %`;
}
