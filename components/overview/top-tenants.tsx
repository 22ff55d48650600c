import { Figure } from "@/components/ui/figure";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { tenantColor } from "@/components/ui/tenant-color";
import { TenantMark } from "@/components/ui/tenant-mark";
import type { Overview } from "@/lib/metrics/contract";
import classes from "./top-tenants.module.css";

const shown = 5;

const columns = [
  { metric: "cpu", title: "CPU" },
  { metric: "memory", title: "Memory" },
  { metric: "storage", title: "Storage" },
  { metric: "requests", title: "Requests" },
] as const;

/** Who uses most of what, now. */
export function TopTenants({ overview }: { overview: Overview }) {
  return (
    <Panel title="Top tenants" note="now" flush>
      <div className={classes.columns}>
        {columns.map(({ metric, title }) => (
          <section key={metric} className={classes.column} aria-label={`Top tenants by ${title}`}>
            <h3 className={classes.heading}>
              <Link href={`/tenants?sort=${metric}&order=desc`}>{title}</Link>
            </h3>
            <Ranking
              metric={metric}
              tenants={overview.top[metric]}
              measuredAt={overview.measuredAt}
              measured={overview.totals[metric] !== undefined}
            />
          </section>
        ))}
      </div>
    </Panel>
  );
}

type RankingProps = {
  metric: (typeof columns)[number]["metric"];
  tenants: Overview["top"]["cpu"];
  measuredAt: string | null;
  /** Whether the metric is known of any tenant: those that use none of it are not listed. */
  measured: boolean;
};

function Ranking({ metric, tenants, measuredAt, measured }: RankingProps) {
  const known = tenants.filter((tenant) => tenant.usage[metric] !== undefined).slice(0, shown);
  const most = Math.max(...known.map((tenant) => tenant.usage[metric]?.value ?? 0), Number.MIN_VALUE);
  if (known.length === 0)
    return <p className={classes.none}>{measured ? "No tenant uses any now." : "Nothing measured yet."}</p>;
  return (
    <ol className={classes.list}>
      {known.map(({ id, name, usage }) => (
        <li key={id} className={classes.row} data-figures>
          <TenantMark id={id} name={name} size={18} />
          <Link href={`/tenants/${id}`} className={classes.name} title={name}>
            <bdi>{name}</bdi>
          </Link>
          <Figure metric={metric} usage={usage} measuredAt={measuredAt} />
          <span className={classes.track} aria-hidden="true">
            <span
              className={classes.bar}
              style={{ width: `${((usage[metric]?.value ?? 0) / most) * 100}%`, background: tenantColor(id) }}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}
