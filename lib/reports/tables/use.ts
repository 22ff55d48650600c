import { compareTenants } from "@/lib/analytics/compare-tenants";
import { listTenantUse } from "@/lib/analytics/list-tenant-use";
import { performanceMetrics } from "@/lib/analytics/shapes";
import { showHeatmap } from "@/lib/analytics/show-heatmap";
import { showAnalyticsOverview } from "@/lib/analytics/show-overview";
import { showPerformance } from "@/lib/analytics/show-performance";
import type { Points } from "@/lib/history/shapes";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import * as shapes from "../contract-tables-analytics";
import { byNumber, oneAnswer, pagedTable, type Row } from "../table-pages";
import { asChart, iso, whose } from "./rows";

export const tenantUse = pagedTable(shapes.tenantUseTable, (ctx, { columns: _, ...filter }) =>
  byNumber(200, async (page) => {
    const answer = await listTenantUse.run(ctx, { ...filter, ...asChart, ...page });
    return answer.tenants.map(({ tenant, figures }) => ({
      ...whose(tenant),
      ...{ status: tenant.status, plan: tenant.plan },
      ...(Object.fromEntries(metricNames.flatMap((name) => figuresOf(name, figures[name]))) as Row<Figure>),
    }));
  }),
);

const parts = ["mean", "max", "sum", "before", "share"] as const;
type Figure = `${Metric}_${(typeof parts)[number]}`;
type Figures = Record<"avg" | "max" | "sum" | "before" | "share", number | null>;

function figuresOf(name: Metric, figures: Figures | undefined): [string, number | null][] {
  return parts.map((part) => [`${name}_${part}`, figures?.[part === "mean" ? "avg" : part] ?? null]);
}

export const fleetUse = pagedTable(shapes.fleetUseTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => {
    const { series, unattributed } = await showAnalyticsOverview.run(ctx, { ...filter, top: 1 });
    const begins = Object.values(series)[0]?.map(([at]) => at) ?? [];
    const valueAt = (points: Points | undefined, index: number) => points?.[index]?.[1] ?? null;
    return begins.map((at, index) => ({
      at: iso(at),
      ...(Object.fromEntries(metricNames.map((name) => [name, valueAt(series[name], index)])) as Row<Metric>),
      cpu_unattributed: valueAt(unattributed?.cpu, index),
      memory_unattributed: valueAt(unattributed?.memory, index),
    }));
  }),
);

export const performance = pagedTable(shapes.performanceTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => {
    const { worst } = await showPerformance.run(ctx, { ...filter, ...asChart });
    return performanceMetrics.flatMap((metric) =>
      (worst[metric] ?? []).map(({ tenant, over, before }, index) => ({
        ...{ metric, rank: index + 1, before, mean: over.avg, min: over.min, max: over.max, known: over.known },
        ...whose(tenant),
      })),
    );
  }),
);

export const compare = pagedTable(shapes.compareTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => {
    const { metric, tenants } = await compareTenants.run(ctx, filter);
    return tenants.flatMap(({ tenant, points }) =>
      points.map(([at, value]) => ({ ...whose(tenant), metric, at: iso(at), value })),
    );
  }),
);

export const heatmap = pagedTable(shapes.heatmapTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => {
    const { metric, columns, rows } = await showHeatmap.run(ctx, filter);
    return rows.flatMap(({ tenant, values }) =>
      columns.map((at, index) => ({ ...whose(tenant), metric, at: iso(at), value: values[index] ?? null })),
    );
  }),
);
