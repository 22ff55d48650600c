import type { listTenantUse } from "@/lib/analytics/list-tenant-use";
import type { Points } from "@/lib/history/shapes";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import { colors } from "../pdf/colors";
import type { Block, Cell, Chart, Section, Table } from "../pdf/document";
import { change, count, percent, shownValue, unknown } from "../pdf/figures";
import type { Time } from "./asked";
import { countChart, metricChart } from "./charts";
import type { AnswerOf, FleetFacts } from "./fleet-facts";

const titles = {
  cpu: "CPU (percent of one core)",
  memory: "Memory of backends",
  storage: "Storage",
  requests: "Requests",
  errors: "Errors",
  latency: "Response time, mean",
  connections: "Connections",
} as const;
type Drawn = keyof typeof titles;

/** The fleet's use over time, a chart a metric. */
export function overTime({ overview }: FleetFacts, time: Time, which: readonly Drawn[]): Chart[] {
  if (!overview) return [];
  const { series, unattributed, span } = overview;
  const nobodys: Partial<Record<Metric, Points>> = unattributed ?? {};
  return which.map((metric) => {
    const points = nobodys[metric] ?? [];
    const beside = points.some(([, value]) => value !== null)
      ? [{ name: "what no tenant owns", points, color: colors.slate, dashed: true }]
      : [];
    return metricChart({
      ...{ title: titles[metric], metric, of: metric === "latency" ? "the mean" : "all tenants together" },
      time: { ...time, from: span.from, to: span.to },
      lines: [{ name: "tenants", points: series[metric] ?? [], filled: true }, ...beside],
    });
  });
}

/** What the first page does not show of the use over time. */
export function moreOverTime(facts: FleetFacts, time: Time): Section[] {
  const { growth } = facts;
  const charts = overTime(facts, time, ["requests", "memory", "connections", "errors", "latency"]);
  if (growth) {
    const points = growth.tenants.map(({ at, total }): [number, number] => [at, total]);
    charts.unshift(countChart("Tenants", "tenants", points, { ...time, from: growth.span.from, to: growth.span.to }));
  }
  return charts.length > 0 ? [{ title: "Over time", blocks: [{ kind: "charts", charts }] }] : [];
}

/** Which tenants used most, and over what time. */
export function topTenants(facts: FleetFacts, time: Time): Section[] {
  const blocks: Block[] = [];
  for (const name of ["cpu", "memory", "storage", "requests"] as const) {
    const use = facts[name];
    if (!use || use.tenants.length === 0) continue;
    const { label } = metrics[name];
    blocks.push({ kind: "heading", text: label });
    if (name === "cpu") {
      const top = use.tenants.slice(0, 5);
      const chart = metricChart({
        ...{ title: "The five tenants that used most CPU", metric: name, wide: true },
        time: { ...time, from: use.span.from, to: use.span.to },
        lines: top.map(({ tenant, points }) => ({ name: tenant.name, points })),
        of: top[0]?.tenant.name ?? "",
      });
      blocks.push({ kind: "charts", charts: [chart] });
    }
    blocks.push(topTable(name, use.tenants));
  }
  return blocks.length > 0 ? [{ title: "Tenants that used most", blocks }] : [];
}

type Top = NonNullable<FleetFacts["cpu"]>["tenants"];

function topTable(metric: Metric, tenants: Top): Table {
  const highest = Math.max(0, ...tenants.map(({ share }) => share ?? 0));
  return {
    kind: "table",
    columns: [
      { title: "Tenant", align: "start", width: 1 },
      { title: "Mean", align: "end", width: "auto" },
      { title: "Highest", align: "end", width: "auto" },
      { title: "Change", align: "end", width: "auto" },
      { title: "Part of all", align: "end", width: "auto" },
    ],
    rows: tenants
      .slice(0, 5)
      .map(({ tenant, over, share, before }) => [
        named(tenant),
        shownValue(metric, over.avg),
        shownValue(metric, over.max),
        change(over.avg, before),
        share === null || highest === 0 ? percent(share) : { text: percent(share), bar: share / highest },
      ]),
    empty: "Nothing was measured.",
  };
}

const moverColumns = [
  { title: "Tenant", align: "start", width: 1 },
  ...["Before", "In the period", "Change"].map((title) => ({ title, align: "end", width: "auto" }) as const),
] as const satisfies Table["columns"];

/** Whose use rose and fell most, by how much it was. */
export function moved({ overview }: FleetFacts): Section[] {
  if (!overview) return [];
  const blocks: Block[] = [];
  for (const metric of ["cpu", "memory", "storage", "requests"] as const) {
    const { up = [], down = [] } = overview.movers[metric] ?? {};
    for (const [how, movers] of [["rose", up] as const, ["fell", down] as const]) {
      const rows = movers
        .slice(0, 5)
        .map(({ tenant, before, now }): Cell[] => [
          named(tenant),
          shownValue(metric, before),
          shownValue(metric, now),
          change(now, before),
        ]);
      if (rows.length === 0) continue;
      blocks.push({ kind: "heading", text: `${metrics[metric].label}, mean: ${how} most` });
      blocks.push({ kind: "table", columns: moverColumns, rows, empty: "" });
    }
  }
  if (blocks.length === 0)
    blocks.push({ kind: "text", tone: "muted", text: "No tenant's use can be compared with the period before." });
  return [{ title: "Whose use rose and fell most", blocks }];
}

/** A tenant in a table. */
export function named({
  name,
  slug,
  plan,
  status,
}: {
  name: string;
  slug: string;
  plan?: string;
  status?: string;
}): Cell {
  return { text: name, small: [slug, plan, status].filter((part) => part !== undefined).join(" · ") };
}

const listed = [
  ["cpu", "avg"],
  ["cpu", "max"],
  ["memory", "avg"],
  ["storage", "avg"],
  ["requests", "avg"],
] as const;

/** Every tenant with its figures, or those that used most where there are too many. */
export function allTenants({ tenants }: FleetFacts): Section[] {
  if (!tenants) return [];
  const { total, byName } = tenants;
  const titles = ["CPU, mean", "CPU, highest", "Memory", "Storage", "Requests"];
  const table: Table = {
    kind: "table",
    columns: [
      { title: "Tenant", align: "start", width: 1 },
      ...titles.map((title) => ({ title, align: "end" as const, width: "auto" as const })),
    ],
    rows: tenants.tenants.map(({ tenant, figures }) => [
      named(tenant),
      ...listed.map((one) => figureCell(figures, one)),
    ]),
    empty: "There are no tenants.",
  };
  const words = byName
    ? `All ${count(total)} by name.`
    : `The ${count(tenants.tenants.length)} of ${count(total)} that used most CPU. All are in the table of tenants' use as CSV.`;
  const about = `${words} Means over the period; below each, the change against the period before. ${unknown}: not measured.`;
  return [{ title: "Tenants", blocks: [{ kind: "text", tone: "muted", text: about }, table] }];
}

type Figures = AnswerOf<typeof listTenantUse>["tenants"][number]["figures"];

function figureCell(figures: Figures, [metric, of]: (typeof listed)[number]): Cell {
  const one = figures[metric];
  const text = shownValue(metric, one?.[of]);
  if (text === unknown || of === "max") return text;
  return { text, small: change(one?.avg, one?.before) };
}
