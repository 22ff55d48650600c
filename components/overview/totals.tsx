"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { fleetSeriesQuery } from "@/client/queries";
import { newestValue } from "@/client/series";
import { useRange } from "@/components/charts/range-switch";
import { useWholeFleet } from "@/components/shell/user";
import { Figure } from "@/components/ui/figure";
import { count, inWords, showMetric } from "@/components/ui/format";
import type { Metric } from "@/lib/kernel/metrics";
import type { Overview } from "@/lib/metrics/contract";
import classes from "./totals.module.css";

/** The fleet's totals, each with what belongs beside it. */
export function Totals({ overview }: { overview: Overview }) {
  const whole = useWholeFleet();
  const { data } = useQuery({ ...fleetSeriesQuery(useRange()), enabled: whole });
  const other = data ? newestValue(data.series.cpuUnattributed) : null;
  const figure = (metric: Metric) => (
    <Figure size="tile" metric={metric} usage={overview.totals} measuredAt={overview.measuredAt} />
  );
  const beside = (metric: Metric, what: string, sign = "") => {
    const measure = overview.totals[metric];
    return measure ? `${sign}${inWords(showMetric(metric, measure.value))} ${what}` : `${what} unknown`;
  };
  return (
    <dl className={classes.strip}>
      <Tile label="Tenants" note={`on ${overview.servers} ${overview.servers === 1 ? "server" : "servers"}`}>
        <span className={classes.count}>{count(overview.tenants)}</span>
      </Tile>
      <Tile label="CPU" note={other === null ? "of one core" : `+ ${inWords(showMetric("cpu", other))} unattributed`}>
        {figure("cpu")}
      </Tile>
      <Tile label="Memory" note={beside("buffers", "buffers", "+ ")}>
        {figure("memory")}
      </Tile>
      <Tile label="Storage" note="all databases">
        {figure("storage")}
      </Tile>
      <Tile label="Requests" note={beside("transactions", "transactions")}>
        {figure("requests")}
      </Tile>
      <Tile label="Connections" note="to tenants’ databases">
        {figure("connections")}
      </Tile>
    </dl>
  );
}

function Tile({ label, note, children }: { label: string; note: string; children: ReactNode }) {
  return (
    <div className={classes.tile}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{children}</dd>
      <dd className={classes.note}>{note}</dd>
    </div>
  );
}
