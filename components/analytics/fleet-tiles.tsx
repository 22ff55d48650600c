"use client";

import type { ReactNode } from "react";
import { count } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import type { analyticsOverviewContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import type { Metric } from "@/lib/kernel/metrics";
import { useCarry } from "./carry";
import { Change, Value } from "./change";
import classes from "./fleet-tiles.module.css";

type FleetOverview = OutputOf<typeof analyticsOverviewContract>;

const tiles: readonly { metric: Metric; label: string; href: string }[] = [
  { metric: "cpu", label: "CPU", href: "/analytics/use/cpu" },
  { metric: "memory", label: "Memory", href: "/analytics/use/memory" },
  { metric: "storage", label: "Storage", href: "/analytics/use/storage" },
  { metric: "requests", label: "Requests", href: "/analytics/use/requests" },
  { metric: "latency", label: "Response time", href: "/analytics/performance" },
  { metric: "errors", label: "Errors", href: "/analytics/performance" },
  { metric: "cacheHit", label: "Cache hits", href: "/analytics/performance" },
];

/** The fleet's figures over the period, each with how it changed. */
export function FleetTiles({ overview: { tenants, totals } }: { overview: FleetOverview }) {
  return (
    <dl className={classes.strip}>
      <Tile label="Tenants" href="/analytics/growth">
        <dd className={classes.value}>{count(tenants.total)}</dd>
        <dd className={classes.note}>
          {count(tenants.created)} new, {count(tenants.deleted)} deleted
        </dd>
        <dd className={classes.note}>{count(tenants.measured)} of them measured</dd>
      </Tile>
      {tiles.map(({ metric, label, href }) => {
        const total = totals[metric];
        return (
          <Tile key={metric} label={label} href={href}>
            <dd className={classes.value}>
              <Value metric={metric} value={total?.now} title="The mean over the period, from the history of usage." />
            </dd>
            <dd className={classes.note}>
              <Change metric={metric} now={total?.now} before={total?.before} />
            </dd>
            <dd className={classes.note} title="The highest mean of one step: shorter peaks stand in the tables.">
              {metric === "cacheHit" ? "best" : "highest"} step <Value metric={metric} value={total?.peak} />
            </dd>
          </Tile>
        );
      })}
    </dl>
  );
}

function Tile({ label, href, children }: { label: string; href: string; children: ReactNode }) {
  const carry = useCarry();
  return (
    <div className={classes.tile} data-figures>
      <dt className={classes.label}>
        <Link href={carry(href)}>{label}</Link>
      </dt>
      {children}
    </div>
  );
}
