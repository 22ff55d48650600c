"use client";

import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import type { analyticsPerformanceContract } from "@/lib/analytics/contract";
import type { performanceMetrics } from "@/lib/analytics/shapes";
import type { OutputOf } from "@/lib/kernel/contract";
import { useCarry } from "./carry";
import { Change, Value } from "./change";
import columns from "./fleet-movers.module.css";
import classes from "./movers.module.css";
import { TenantLink } from "./tenant-link";

const lists: readonly { metric: (typeof performanceMetrics)[number]; title: string; order: "asc" | "desc" }[] = [
  { metric: "latency", title: "Slowest answers", order: "desc" },
  { metric: "errors", title: "Most errors", order: "desc" },
  { metric: "cacheHit", title: "Fewest cache hits", order: "asc" },
  { metric: "waits", title: "Most waits for a connection", order: "desc" },
  { metric: "waitTime", title: "Longest waits", order: "desc" },
];

/** Who had it worst, by each figure of performance. */
export function WorstTenants({ worst }: Pick<OutputOf<typeof analyticsPerformanceContract>, "worst">) {
  const carry = useCarry();
  const known = lists.filter(({ metric }) => (worst[metric]?.length ?? 0) > 0);
  return (
    <Panel title="Who had it worst" note="by the mean over the period" flush>
      <div className={columns.columns}>
        {known.map(({ metric, title, order }) => (
          <section key={metric} className={columns.column} aria-label={title}>
            <h3 className={columns.heading}>
              <Link href={carry("/analytics/tenants", { metric, order })}>{title}</Link>
            </h3>
            <ol className={classes.list}>
              {worst[metric]?.slice(0, 6).map(({ tenant, over, before }) => (
                <li key={tenant.id} className={classes.row}>
                  <TenantLink tenant={tenant} />
                  <Value metric={metric} value={over.avg} beside={before} />
                  <span className={classes.change}>
                    <Change metric={metric} now={over.avg} before={before} short />
                  </span>
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
    </Panel>
  );
}
