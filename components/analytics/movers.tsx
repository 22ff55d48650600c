"use client";

import { ArrowRight } from "lucide-react";
import { Panel } from "@/components/ui/panel";
import type { Mover } from "@/lib/analytics/shapes";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import { Change, Value } from "./change";
import classes from "./movers.module.css";
import { TenantLink } from "./tenant-link";

type MoversProps = { metric: Metric; movers: { up: Mover[]; down: Mover[] }; most: number };

/** Who rose and who fell most, one list below the other or beside it. */
export function Movers({ metric, movers, most }: MoversProps) {
  const label = metrics[metric].label;
  return (
    <div className={classes.pair}>
      <MoverList title="Rose most" label={`${label}: rose most`} metric={metric} movers={movers.up.slice(0, most)} />
      <MoverList title="Fell most" label={`${label}: fell most`} metric={metric} movers={movers.down.slice(0, most)} />
    </div>
  );
}

/** The same in a panel of its own. */
export function MoversPanel({ metric, movers }: Omit<MoversProps, "most">) {
  return (
    <Panel title="Movers" note={`mean ${metrics[metric].label} against the period before`} flush>
      <div className={classes.wide}>
        <Movers metric={metric} movers={movers} most={8} />
      </div>
    </Panel>
  );
}

type MoverListProps = { title: string; label: string; metric: Metric; movers: Mover[] };

function MoverList({ title, label, metric, movers }: MoverListProps) {
  return (
    <section className={classes.part} aria-label={label}>
      <h3 className={classes.title}>{title}</h3>
      {movers.length === 0 ? (
        <p className={classes.none}>Nobody.</p>
      ) : (
        <ol className={classes.list}>
          {movers.map(({ tenant, now, before }) => (
            <li key={tenant.id} className={classes.row}>
              <TenantLink tenant={tenant} />
              <span className={classes.figures}>
                <Value metric={metric} value={before} beside={now} />
                <ArrowRight size={13} className={classes.to} aria-hidden="true" />
                <span className={classes.hidden}>to</span>
                <strong>
                  <Value metric={metric} value={now} beside={before} />
                </strong>
              </span>
              <span className={classes.change}>
                <Change metric={metric} now={now} before={before} short />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
