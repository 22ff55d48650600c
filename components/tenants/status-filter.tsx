import classes from "@/components/ui/filter-chips.module.css";
import { count } from "@/components/ui/format";
import { capital, StatusDot } from "@/components/ui/status-badge";
import { type TenantStatus, tenantStatuses } from "@/lib/tenants/shapes";

type StatusFilterProps = {
  counts: Partial<Record<TenantStatus, number>>;
  all: number;
  chosen: TenantStatus[];
  onChange: (chosen: TenantStatus[]) => void;
};

/** Narrows the list to some statuses; each says how many tenants it has. */
export function StatusFilter({ counts, all, chosen, onChange }: StatusFilterProps) {
  const shown = tenantStatuses.filter((status) => (counts[status] ?? 0) > 0 || chosen.includes(status));
  const toggle = (status: TenantStatus) =>
    onChange(chosen.includes(status) ? chosen.filter((each) => each !== status) : [...chosen, status]);
  return (
    <fieldset className={classes.chips} aria-label="Filter by status">
      <button type="button" className={classes.chip} aria-pressed={chosen.length === 0} onClick={() => onChange([])}>
        All <span className={classes.count}>{count(all)}</span>
      </button>
      {shown.map((status) => (
        <button
          key={status}
          type="button"
          className={classes.chip}
          aria-pressed={chosen.includes(status)}
          onClick={() => toggle(status)}
        >
          <StatusDot status={status} />
          {capital(status)} <span className={classes.count}>{count(counts[status] ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  );
}
