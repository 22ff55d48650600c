"use client";

import { ChartArea } from "lucide-react";
import { useState } from "react";
import { ChartAction } from "@/components/charts/chart-action";
import { count, inWords, showMebibytes, showMetric } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { plural } from "@/components/ui/plural";
import type { capacityContract } from "@/lib/forecast/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./capacity.module.css";
import { Gauge } from "./gauge";
import { OutlookLine } from "./outlook-line";
import { Trend } from "./trend";
import { TrendCharts } from "./trend-charts";

type Capacity = OutputOf<typeof capacityContract>;
export type ServerCapacity = Capacity["servers"][number];

/** One server: what of it is used, how that went, and when it will be full. */
export function CapacityCard({ capacity, span }: { capacity: ServerCapacity; span: Capacity["span"] }) {
  const { server, tenants, outlooks } = capacity;
  const [trends, setTrends] = useState(false);
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <h2 className={classes.name} title={server.name}>
          {server.name}
        </h2>
        <span className={classes.where}>
          {server.region} · <Link href={`/tenants?server=${server.id}`}>{plural(tenants, "tenant")}</Link>
        </span>
        <ChartAction
          title={`Trends of ${server.name}`}
          label={trends ? "Hide charts" : "View as charts"}
          icon={ChartArea}
          act={() => setTrends(!trends)}
        />
      </div>
      <div className={classes.gauges}>
        <Disk capacity={capacity} span={span} />
        <Connections capacity={capacity} span={span} />
        <Cpu capacity={capacity} />
        <Memory capacity={capacity} />
      </div>
      {trends && <TrendCharts capacity={capacity} span={span} />}
      {outlooks.length > 0 && (
        <ul className={classes.outlooks} aria-label={`When ${server.name} is full`}>
          {outlooks.map((outlook) => (
            <OutlookLine key={outlook.metric} outlook={outlook} />
          ))}
        </ul>
      )}
    </li>
  );
}

const cores = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

type PartProps = { capacity: ServerCapacity; span: Capacity["span"] };

function Disk({ capacity: { disk, storage, server }, span }: PartProps) {
  const { usedMiB, totalMiB, freeMiB, source } = disk;
  const taken = totalMiB !== null && freeMiB !== null ? totalMiB - freeMiB : null;
  const other = taken !== null && usedMiB !== null ? Math.max(0, taken - usedMiB) : null;
  return (
    <Gauge
      label="Disk"
      value={size(taken ?? usedMiB)}
      of={totalMiB === null ? null : size(totalMiB)}
      parts={partsOf(usedMiB, other, totalMiB)}
      notes={[
        ["Tenants' databases", size(usedMiB), "used"],
        ["Anything else on it", size(other), "other"],
        ["Free", size(freeMiB)],
      ]}
      {...(source !== null && { source })}
      {...(totalMiB === null && {
        missing: (
          <>
            The disk&apos;s size is not known. <Link href="/servers">Give the disk&apos;s size</Link>
          </>
        ),
      })}
    >
      <Trend label={`Storage of ${server.name}`} metric="storage" points={storage} span={span} limit={totalMiB} />
    </Gauge>
  );
}

function Connections({ capacity: { connections, connected, server }, span }: PartProps) {
  const { now, peak, limit } = connections;
  return (
    <Gauge
      label="Connections"
      value={whole(now)}
      of={limit === null ? null : whole(limit)}
      parts={partsOf(now, null, limit)}
      mark={limit !== null && peak !== null && limit > 0 ? peak / limit : null}
      notes={[
        ["Now", whole(now), "used"],
        ["Peak in the period", whole(peak), "mark"],
        ["Limit", whole(limit)],
      ]}
      source="now: pg_stat_activity; limit: max_connections, as the server says it"
    >
      <Trend
        label={`Connections of ${server.name}`}
        metric="connections"
        points={connected}
        span={span}
        limit={limit}
      />
    </Gauge>
  );
}

function Cpu({ capacity: { cpu } }: { capacity: ServerCapacity }) {
  const all = cpu.cores === null ? null : cpu.cores * 100;
  return (
    <Gauge
      label="CPU"
      value={cpu.avg === null || cpu.cores === null ? percent(cpu.avg) : cores.format(cpu.avg / 100)}
      of={cpu.cores === null ? null : plural(cpu.cores, "core")}
      parts={partsOf(cpu.avg, null, all)}
      mark={all !== null && cpu.peak !== null ? cpu.peak / all : null}
      notes={[
        ["Mean over the period", percent(cpu.avg), "used"],
        ["Peak in the period", percent(cpu.peak), "mark"],
        ["All cores", all === null ? "unknown" : percent(all)],
      ]}
      source="percent of one core, by PostgreSQL's processes; 100 % is one core busy all the time"
    />
  );
}

function Memory({ capacity: { memory } }: { capacity: ServerCapacity }) {
  return (
    <Gauge
      label="Memory"
      value={size(memory.avg)}
      of={memory.totalMiB === null ? null : size(memory.totalMiB)}
      parts={partsOf(memory.avg, null, memory.totalMiB)}
      mark={memory.totalMiB !== null && memory.peak !== null ? memory.peak / memory.totalMiB : null}
      notes={[
        ["Mean over the period", size(memory.avg), "used"],
        ["Peak in the period", size(memory.peak), "mark"],
        ["The machine has", size(memory.totalMiB)],
      ]}
      source="memory of PostgreSQL's backends, without shared buffers"
    />
  );
}

function partsOf(
  first: number | null,
  second: number | null,
  whole: number | null,
): { used: number; other: number } | null {
  if (first === null || whole === null || whole <= 0) return null;
  return { used: first / whole, other: (second ?? 0) / whole };
}

function size(mebibytes: number | null): string {
  return mebibytes === null ? "unknown" : inWords(showMebibytes(mebibytes));
}

function whole(number: number | null): string {
  return number === null ? "unknown" : count(number);
}

function percent(value: number | null): string {
  return value === null ? "unknown" : inWords(showMetric("cpu", value));
}
