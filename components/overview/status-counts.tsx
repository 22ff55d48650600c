import { count } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { capital, StatusDot } from "@/components/ui/status-badge";
import { type TenantStatus, tenantStatuses } from "@/lib/tenants/shapes";
import classes from "./status-counts.module.css";

const always: readonly TenantStatus[] = ["active", "suspended", "failed"];

/** How many tenants are in each status; each leads to the list of them. */
export function StatusCounts({ counts }: { counts: Partial<Record<TenantStatus, number>> }) {
  const shown = tenantStatuses.filter((status) => always.includes(status) || (counts[status] ?? 0) > 0);
  return (
    <nav aria-label="Tenants by status">
      <ul className={classes.list}>
        {shown.map((status) => (
          <li key={status}>
            <Link href={`/tenants?status=${status}`} className={classes.chip}>
              <StatusDot status={status} />
              {capital(status)}
              <span className={classes.count}>{count(counts[status] ?? 0)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
