"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { Grid3x3, Table2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { HeatCanvas } from "@/components/charts/heat-canvas";
import type { Cell } from "@/components/charts/heat-layout";
import { HeatLegend } from "@/components/charts/heat-legend";
import { fileName, saveCsv, tableToCsv } from "@/components/charts/save-chart";
import { SaveFigures } from "@/components/charts/save-figures";
import { timeTicks } from "@/components/charts/time-ticks";
import { tickLabel } from "@/components/charts/zone-clock";
import { count, inWords, showMetric } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { metrics } from "@/lib/kernel/metrics";
import { useTenantHistory } from "./carry";
import { type Heat, HeatTable } from "./heat-table";
import classes from "./heatmap.module.css";
import { stepWords } from "./source-words";
import { stepIn } from "./zoned-time";

/** The map, its legend, and the same as a table. */
export function HeatPanel({ heat, own }: { heat: Heat; own: boolean }) {
  const { metric, columns, tenants, span } = heat;
  const [asTable, setAsTable] = useState(false);
  const zone = span.tz;
  const history = useTenantHistory();
  const router = useRouter();
  const rows = useMemo(
    () => heat.rows.map(({ tenant, ...row }) => ({ ...row, id: tenant.id, name: tenant.name })),
    [heat],
  );
  const ticks = useMemo(() => ticksOf(heat, zone), [heat, zone]);
  const show = (value: number) => inWords(showMetric(metric, value));
  const words = ({ row, column }: Cell) => {
    const value = rows[row]?.values[column] ?? null;
    return {
      who: rows[row]?.name ?? "",
      when: stepIn(zone, columns[column] ?? 0, span.stepSeconds),
      value: value === null ? "not known" : show(value),
    };
  };
  const pick = ({ row, column }: Cell) => {
    const tenant = rows[row];
    if (tenant) router.push(history(tenant.id, around(heat, column)));
  };
  return (
    <Panel
      title={`${metrics[metric].label}, ${metrics[metric].unit}`}
      note={`${count(rows.length)} of ${count(tenants)} tenants · a cell is the mean of ${stepWords(span)}`}
      actions={
        <>
          <Other asTable={asTable} toggle={() => setAsTable(!asTable)} />
          <SaveFigures title="Heat map" save={() => saveHeat(heat)} />
        </>
      }
      flush
    >
      <HeatLegend highest={own ? null : (heat.highest ?? 0)} show={show} />
      {rows.length === 0 ? (
        <p className={classes.none}>Nothing of this metric was measured in this period.</p>
      ) : asTable ? (
        <HeatTable heat={heat} />
      ) : (
        <HeatCanvas
          label={`${metrics[metric].label} of ${count(rows.length)} tenants over time, as colours`}
          rows={rows}
          columns={columns.length}
          highest={own ? null : (heat.highest ?? 0)}
          ticks={ticks}
          words={words}
          hrefOf={({ id }) => history(id)}
          pick={pick}
        />
      )}
    </Panel>
  );
}

/** A row a tenant and a column a step with its begin (UTC), as the map has them. */
function saveHeat({ metric, columns, rows, span }: Heat): void {
  const heads = ["tenant", "tenant_id", ...columns.map((time) => new Date(time).toISOString())];
  const lines = rows.map(({ tenant, values }) => [tenant.name, tenant.id, ...values]);
  const period = { from: Date.parse(span.from), to: Date.parse(span.to) };
  const name = `${metrics[metric].label} (${metrics[metric].unit}) heat map`;
  saveCsv(tableToCsv(heads, lines), fileName(name, period, "csv"));
}

function Other({ asTable, toggle }: { asTable: boolean; toggle: () => void }) {
  const words = asTable ? "View as map" : "View as table";
  const Icon = asTable ? Grid3x3 : Table2;
  return (
    <Tooltip label={words}>
      <ActionIcon variant="subtle" color="gray" aria-label={`Heat map: ${words}`} onClick={toggle}>
        <Icon size={15} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

function ticksOf({ columns, span }: Heat, zone: string) {
  const [first, last] = [columns[0], columns.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { at, step } = timeTicks(first, last, zone, 7);
  return at.map((time) => ({
    column: Math.max(0, (time - first) / (span.stepSeconds * 1000)),
    label: tickLabel(time, zone, step),
  }));
}

/** A dozen steps before and after a cell: what led there, and what came of it. */
function around({ columns, span }: Heat, column: number): { from: string; to: string } {
  const [at, margin] = [columns[column] ?? 0, 12 * span.stepSeconds * 1000];
  const to = Math.min(Date.parse(span.to), at + span.stepSeconds * 1000 + margin);
  return { from: new Date(at - margin).toISOString(), to: new Date(to).toISOString() };
}
