"use client";

import { SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { analyticsHeatmapQuery } from "@/client/analytics-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { PageHeader } from "@/components/ui/page-header";
import { Answer } from "./answer";
import { HeatPanel } from "./heat-panel";
import classes from "./heatmap.module.css";
import { MetricSelect } from "./metric-select";
import { PeriodBar } from "./period-bar";
import { heatInput, searchHeat } from "./search-metric";
import { SpanNote } from "./span-note";
import { TenantFilterBar } from "./tenant-filter-bar";
import { useAnalyticsInput } from "./use-analytics";

const sorts = [
  { value: "mean", label: "Highest mean first" },
  { value: "peak", label: "Highest value first" },
  { value: "name", label: "By name" },
] as const;

/** Tenants by time: where and when it was hot. */
export function HeatmapScreen() {
  const [view, set] = useQueryStates(searchHeat);
  const input = { ...useAnalyticsInput(), ...heatInput(view) };
  const query = useQuery(analyticsHeatmapQuery(input));
  return (
    <>
      <PageHeader title="Heat map" note={<SpanNote span={query.data?.span} />}>
        <ExportMenu table="heatmap" what="Tenants by time" input={input} />
        <MetricSelect value={view.metric} onChange={(metric) => void set({ metric })} />
        <PeriodBar />
      </PageHeader>
      <TenantFilterBar />
      <div className={classes.tools}>
        <Select
          size="xs"
          aria-label="Order of the tenants"
          allowDeselect={false}
          data={sorts}
          value={view.sort}
          onChange={(sort) => void set({ sort: sorts.find(({ value }) => value === sort)?.value ?? "mean" })}
        />
        <Select
          size="xs"
          aria-label="How many tenants"
          allowDeselect={false}
          data={[25, 50, 100, 200, 500].map((rows) => ({ value: String(rows), label: `${rows} tenants` }))}
          value={String(view.rows)}
          onChange={(rows) => void set({ rows: Number(rows ?? 50) })}
        />
        <SegmentedControl
          size="xs"
          aria-label="Scale of the colours"
          data={[
            { value: "all", label: "One scale for all" },
            { value: "own", label: "Each by its own peak" },
          ]}
          value={view.scale}
          onChange={(scale) => void set({ scale: scale === "own" ? "own" : "all" })}
        />
      </div>
      <Answer what="The heat map" query={query} parts={[640]} nobody={({ tenants }) => tenants === 0}>
        {(heat) => <HeatPanel heat={heat} own={view.scale === "own"} />}
      </Answer>
    </>
  );
}
