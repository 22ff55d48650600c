import { createColumnHelper, tableFeatures } from "@tanstack/react-table";
import { MaintenanceBadge } from "@/components/maintenance/maintenance-badge";
import { Figure } from "@/components/ui/figure";
import { GoesOn } from "@/components/ui/goes-on";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { capital, StatusBadge } from "@/components/ui/status-badge";
import { TenantMark } from "@/components/ui/tenant-mark";
import type { Metric } from "@/lib/kernel/metrics";
import type { TenantView } from "@/lib/tenants/shapes";
import { SchemaBadge } from "./schema-badge";
import classes from "./tenant-table.module.css";
import { TenantTags } from "./tenant-tags";

/** The table's features: the server sorts, filters and pages, so the core alone. */
export const features = tableFeatures({});

const column = createColumnHelper<typeof features, TenantView>();

const measured = (metric: Metric, header: string) =>
  column.display({
    id: metric,
    header,
    cell: ({ row: { original } }) => <Figure metric={metric} usage={original.usage} measuredAt={original.measuredAt} />,
  });

/** The table's columns; the ids are the list operation's sorts, but for the server, which is no sort. */
export const columns = column.columns([
  column.display({ id: "name", header: "Tenant", cell: ({ row }) => <TenantName tenant={row.original} /> }),
  column.display({
    id: "status",
    header: "Status",
    cell: ({ row: { original } }) => (
      <span className={classes.status}>
        <StatusBadge status={original.status} title={original.statusReason} />
        <MaintenanceBadge tenant={original} />
        {original.purgeAfter ? <GoesOn at={original.purgeAfter} /> : <SchemaBadge schema={original.schema} />}
      </span>
    ),
  }),
  measured("cpu", "CPU"),
  measured("memory", "Memory"),
  measured("storage", "Storage"),
  measured("requests", "Requests"),
  measured("connections", "Conns"),
  column.display({ id: "plan", header: "Plan", cell: ({ row }) => capital(row.original.plan) }),
  column.display({
    id: "server",
    header: "Server",
    cell: ({ row: { original } }) => (
      <span title={`${original.server.name}, ${original.region}`}>{original.server.name}</span>
    ),
  }),
  column.display({
    id: "createdAt",
    header: "Created",
    cell: ({ row }) => <RelativeTime at={row.original.createdAt} every={60_000} />,
  }),
]);

function TenantName({ tenant: { id, name, slug, tags } }: { tenant: TenantView }) {
  return (
    <span className={classes.tenant}>
      <TenantMark id={id} name={name} />
      <span className={classes.names}>
        <Link href={`/tenants/${id}`} className={classes.name} title={name}>
          <bdi>{name}</bdi>
        </Link>
        <span className={classes.under}>
          <span className={classes.slug} title={slug}>
            {slug}
          </span>
          <TenantTags tags={tags} most={1} />
        </span>
      </span>
    </span>
  );
}
