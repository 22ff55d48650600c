"use client";

import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import type { analyticsOverviewContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import type { Metric } from "@/lib/kernel/metrics";
import { useCarry } from "./carry";
import classes from "./fleet-movers.module.css";
import { Movers } from "./movers";

const shown: readonly { metric: Metric; label: string }[] = [
  { metric: "cpu", label: "CPU" },
  { metric: "memory", label: "Memory" },
  { metric: "storage", label: "Storage" },
  { metric: "requests", label: "Requests" },
  { metric: "latency", label: "Response time" },
  { metric: "errors", label: "Errors" },
];

type FleetMoversProps = { movers: OutputOf<typeof analyticsOverviewContract>["movers"]; before: string };

/** Which tenants moved most, of each metric that anybody moved in. */
export function FleetMovers({ movers, before }: FleetMoversProps) {
  const carry = useCarry();
  const moved = shown.flatMap(({ metric, label }) => {
    const each = movers[metric];
    return each && each.up.length + each.down.length > 0 ? [{ metric, label, each }] : [];
  });
  return (
    <Panel title="Who moved most" note={`means, against ${before}`} flush>
      {moved.length === 0 ? (
        <p className={classes.none}>
          Nobody moved: there is no figure of the period before to compare with, or all is as it was.
        </p>
      ) : (
        <div className={classes.columns}>
          {moved.map(({ metric, label, each }) => (
            <section key={metric} className={classes.column} aria-label={`Who moved most: ${label}`}>
              <h3 className={classes.heading}>
                <Link href={carry("/analytics/tenants", { metric, by: "change" })}>{label}</Link>
              </h3>
              <Movers metric={metric} movers={each} most={3} />
            </section>
          ))}
        </div>
      )}
    </Panel>
  );
}
