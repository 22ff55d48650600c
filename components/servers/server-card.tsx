"use client";

import { useAllowed } from "@/components/shell/user";
import { useStale } from "@/components/ui/figure";
import { inWords, showMetric } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { MeasuredAt } from "@/components/ui/measured-at";
import { Badge } from "@/components/ui/status-badge";
import { exactTime } from "@/components/ui/time";
import { type Metric, sources } from "@/lib/kernel/metrics";
import type { ServerTick } from "@/lib/metrics/contract";
import type { ServerView } from "@/lib/servers/contract";
import { ServerActions } from "./server-actions";
import { serverStates } from "./server-states";
import classes from "./servers.module.css";

const shown = [
  { key: "cpu", metric: "cpu", label: "CPU, tenants", source: null },
  { key: "cpuUnattributed", metric: "cpu", label: "CPU, unattributed", source: null },
  { key: "memory", metric: "memory", label: "Memory, tenants", source: null },
  { key: "memoryUnattributed", metric: "memory", label: "Memory, unattributed", source: null },
  { key: "buffers", metric: "buffers", label: "Buffers, tenants", source: "pg_buffercache" },
  { key: "storage", metric: "storage", label: "Storage, tenants", source: "pg_database_size" },
  { key: "transactions", metric: "transactions", label: "Transactions", source: "pg_stat_database" },
  { key: "connections", metric: "connections", label: "Connections", source: "pg_stat_activity" },
] as const;

/** One server: where it is, how it stands, and its newest figures. */
export function ServerCard({ server, tick }: { server: ServerView; tick: ServerTick | undefined }) {
  const { name, region, host, port, pooler, version, tenants, lastError } = server;
  const measuredAt = tick?.at ?? server.lastTickAt;
  const stale = useStale(measuredAt);
  const listens = useAllowed("metrics:read");
  const coming = !tick && measuredAt !== null && !stale && listens;
  const state = tick && !stale ? serverStates.ok : serverStates[server.state];
  return (
    <li id={`server-${server.id}`} className={classes.card}>
      <div className={classes.head}>
        <h2 className={classes.name} title={name}>
          <bdi>{name}</bdi>
        </h2>
        <Badge tone={state.tone}>{state.word}</Badge>
        {!server.accepting && <Badge tone="warn">Takes no new tenants</Badge>}
        <ServerActions server={server} />
      </div>
      <p className={classes.where}>
        <span>{region}</span>
        <code>{`${host}:${port}`}</code>
        {pooler && (
          <span>
            apps by way of <code>{`${pooler.host}:${pooler.port}`}</code> ({pooler.mode} pooling)
          </span>
        )}
        <span>{version === null ? "version unknown" : `PostgreSQL ${version.replace(/^PostgreSQL /, "")}`}</span>
        <span>
          <MeasuredAt at={measuredAt} />
        </span>
      </p>
      {lastError !== null && (stale || server.state !== "ok") && <p className={classes.error}>{lastError}</p>}
      <dl className={classes.figures}>
        <div>
          <dt>Tenants</dt>
          <dd>
            <Link href={`/tenants?server=${server.id}`}>{tenants}</Link>{" "}
            <Link href={`/tenants?server=${server.id}&sort=cpu&order=desc`} className={classes.who}>
              by CPU
            </Link>
          </dd>
        </div>
        {shown.map(({ key, metric, label, source }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd data-stale={stale || undefined}>
              <TickFigure
                metric={metric}
                value={tick?.[key]}
                tick={tick}
                source={source ?? sourceOf(metric, tick)}
                coming={coming}
              />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

type TickFigureProps = {
  metric: Metric;
  value: number | null | undefined;
  tick: ServerTick | undefined;
  source: string | null;
  /** Whether the server is being measured, and its next round is on its way. */
  coming: boolean;
};

function TickFigure({ metric, value, tick, source, coming }: TickFigureProps) {
  if (coming) return <span title="The server's next round of measurements is on its way.">…</span>;
  if (tick === undefined || typeof value !== "number")
    return <span title="Not measured since this page was opened.">—</span>;
  const how = source !== null && Object.hasOwn(sources, source) ? sources[source as keyof typeof sources] : source;
  return (
    <span title={`Source: ${how ?? "unknown"}\nMeasured ${exactTime(tick.at)}`}>
      {inWords(showMetric(metric, value))}
    </span>
  );
}

function sourceOf(metric: Metric, tick: ServerTick | undefined): string | null {
  return (metric === "cpu" ? tick?.cpuSource : tick?.memorySource) ?? null;
}
