import { type Metric, metricNames, metrics } from "@/lib/kernel/metrics";
import { colors } from "../pdf/colors";
import type { Block, Chart, Section, Table, Tile } from "../pdf/document";
import { change, count, counted, percent, shownValue, unknown } from "../pdf/figures";
import { dayOf, moment } from "../pdf/moments";
import type { Time } from "./asked";
import { metricChart } from "./charts";
import { changeWords } from "./fleet-summary";
import { outlookWords } from "./servers-section";
import type { TenantFacts } from "./tenant-facts";

const atAGlance = ["cpu", "memory", "storage", "requests", "errors", "latency", "connections"] as const;

/** What the tenant used, and how that moved. */
export function tenantSummary({ history, outlooks }: TenantFacts): Block[] {
  if (!history) return [{ kind: "text", tone: "muted", text: "Your rights do not cover figures of use." }];
  const { totals } = history;
  const tiles = atAGlance.map((metric): Tile => {
    const one = totals[metric];
    const value = shownValue(metric, one?.avg);
    return { label: metrics[metric].label, value, change: changeWords(one?.avg ?? null, one?.before ?? null) };
  });
  const parts = Object.values(totals).map(({ known }) => known);
  const known = parts.length === 0 ? null : Math.max(...parts);
  tiles.push({ label: "Measured", value: percent(known), change: "of the time" });
  return [
    { kind: "tiles", tiles },
    { kind: "text", tone: "muted", text: "Means over the period, and how they moved against the period before." },
    {
      kind: "facts",
      rows: outlooks.map((one) => ({ label: `Outlook: ${metrics[one.metric].label}`, value: outlookWords(one) })),
    },
  ];
}

/** Who the tenant is. */
export function tenantFactsSection({ tenant }: TenantFacts, zone: string): Section[] {
  if (!tenant) return [];
  const { limits } = tenant;
  const limit = (value: number | null, unit: string) =>
    value === null ? "none of its own" : `${count(value)} ${unit}`.trim();
  const rows = [
    { label: "Slug", value: tenant.slug },
    { label: "Status", value: `${tenant.status}${tenant.statusReason ? `: ${tenant.statusReason}` : ""}` },
    { label: "Plan", value: tenant.plan },
    { label: "Region", value: tenant.region },
    { label: "Tags", value: tenant.tags.join(", ") || "none" },
    { label: "Server", value: tenant.server.name },
    { label: "Domains", value: tenant.domains.map(({ hostname }) => hostname).join(", ") || "none" },
    { label: "Made", value: dayOf(tenant.createdAt, zone) },
    { label: "Limit of connections", value: limit(limits.connections, "") },
    { label: "Limit of storage", value: limit(limits.storageMb, "MiB") },
    { label: "Schema", value: tenant.schema === null ? "not known" : tenant.schema.version || "no migration" },
  ];
  return [{ title: "The tenant", blocks: [{ kind: "facts", rows }] }];
}

const markColors = { status: colors.brick, run: colors.purple, other: colors.sand } as const;

/** Every measured metric over time, with what happened meanwhile. */
export function tenantCharts({ history, runs }: TenantFacts, time: Time): Section[] {
  if (!history) return [];
  const { series, baseline, anomalies, annotations, span } = history;
  const own = { ...time, from: span.from, to: span.to };
  const ofRuns = (runs ?? []).map(({ startedAt, plannedAt }) => startedAt ?? plannedAt);
  const marks = [
    ...annotations.map(({ at, type }) => ({
      at: Date.parse(at),
      color: type === "status_changed" ? markColors.status : markColors.other,
    })),
    ...ofRuns.map((at) => ({ at: Date.parse(at), color: markColors.run })),
  ].filter(({ at }) => at >= Date.parse(own.from) && at <= Date.parse(own.to));
  const charts = metricNames.flatMap((metric): Chart[] => {
    const one = series[metric];
    if (!one) return [];
    const usual = baseline[metric];
    const shades = anomalies
      .filter((anomaly) => anomaly.metric === metric)
      .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to ?? own.to) }));
    const { label, unit } = metrics[metric];
    return [
      metricChart({
        ...{ title: `${label} (${unit})`, metric, time: own, of: "the tenant", marks, shades },
        lines: [{ name: "mean", points: one.avg, filled: usual === undefined }],
        ...(usual && { band: usual }),
      }),
    ];
  });
  if (charts.length === 0)
    return [
      {
        title: "Use over time",
        blocks: [{ kind: "text", tone: "muted", text: "Nothing was measured in the period." }],
      },
    ];
  const marked =
    marks.length === 0
      ? ""
      : " Dashed lines: a change of status (red), a bulk run (purple), something else that happened (sand); the events are listed below.";
  const text = `Means of each step. Grey behind the line: what is usual at that hour of the week, where it is known. Red behind it: out of the ordinary.${marked}`;
  return [
    {
      title: "Use over time",
      blocks: [
        { kind: "text", tone: "muted", text },
        { kind: "charts", charts },
      ],
    },
  ];
}

/** Each metric's figures. */
export function tenantFigures({ history }: TenantFacts): Section[] {
  if (!history) return [];
  const known = metricNames.flatMap((metric) => {
    const one = history.totals[metric];
    return one ? [{ metric, one }] : [];
  });
  const titles = ["Mean", "Lowest", "Highest", "Last", "Change", "Rank", "Measured"];
  const table: Table = {
    kind: "table",
    columns: [
      { title: "Metric", align: "start", width: 1 },
      ...titles.map((title) => ({ title, align: "end" as const, width: "auto" as const })),
    ],
    rows: known.map(({ metric, one }) => [
      { text: metrics[metric].label, small: metrics[metric].unit },
      ...[one.avg, one.min, one.max, one.last].map((value) => shownValue(metric, value)),
      change(one.avg, one.before),
      one.rank === null ? unknown : `${count(one.rank)}.`,
      percent(one.known),
    ]),
    empty: "Nothing was measured in the period.",
    note: "Rank: 1 is the tenant within your reach that used most. Measured: the part of the period for which it is known.",
  };
  return [{ title: "Figures", blocks: [table] }];
}

/** What happened to the tenant, and what was out of the ordinary. */
export function tenantEvents({ history, signIns }: TenantFacts, zone: string): Section[] {
  if (!history) return [];
  const start = (title: string, width: number | "auto") => ({ title, align: "start", width }) as const;
  const sections: Section[] = [];
  if (signIns) {
    const table: Table = {
      kind: "table",
      columns: [start("When", "auto"), start("What", 1), start("By", 0.6)],
      rows: [...history.annotations]
        .reverse()
        .map(({ at, description, actor }) => [moment(at, zone), description, actor]),
      empty: "Nothing happened in the period.",
    };
    const { succeeded, failed, users } = signIns.totals;
    const text = `${counted(succeeded, "sign-in")} of ${counted(users, "user")}; ${count(failed)} failed.`;
    sections.push({ title: "What happened", blocks: [table] });
    sections.push({ title: "Sign-ins", blocks: [{ kind: "text", text }] });
  }
  const odd: Table = {
    kind: "table",
    columns: [start("From", "auto"), start("Until", "auto"), start("Metric", "auto"), start("What", 1)],
    rows: history.anomalies.map(({ from, to, metric, direction, peak, expected }) => [
      moment(from, zone),
      to === null ? "goes on" : moment(to, zone),
      metrics[metric].label,
      `${direction === "high" ? "up" : "down"} to ${shownValue(metric, peak)}, where ${shownValue(metric, expected)} is usual`,
    ]),
    empty: "Nothing was found in the period.",
  };
  return [...sections, { title: "Out of the ordinary", blocks: [odd] }];
}

/** By which source each metric was measured. */
export function sourcesOf({ history }: TenantFacts): Partial<Record<Metric, readonly string[]>> {
  const series = Object.entries(history?.series ?? {});
  return Object.fromEntries(series.map(([metric, { sources }]) => [metric, sources]));
}
