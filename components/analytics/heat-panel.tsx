"use client";

import { useComputedColorScheme } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useMemo, useRef, useState } from "react";
import { ChartActions } from "@/components/charts/chart-actions";
import { HeatCanvas } from "@/components/charts/heat-canvas";
import type { Cell } from "@/components/charts/heat-layout";
import { HeatLegend } from "@/components/charts/heat-legend";
import { count, inWords, showMetric } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { metrics } from "@/lib/kernel/metrics";
import { useTenantHistory } from "./carry";
import { type Heat, HeatTable } from "./heat-table";
import classes from "./heatmap.module.css";
import { saveHeat, saveHeatPicture, ticksOf } from "./save-heat";
import { meansWords, stepWords } from "./source-words";
import { madeUpLines } from "./span-note";
import { stepIn } from "./zoned-time";

/** The map, its legend, and the same as a table. */
export function HeatPanel({ heat, own }: { heat: Heat; own: boolean }) {
  const { metric, columns, tenants, span } = heat;
  const [asTable, setAsTable] = useState(false);
  const zone = span.tz;
  const frame = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  const sources = [`${metrics[metric].label} of each tenant. ${meansWords(span)}`, ...madeUpLines(span)];
  const history = useTenantHistory();
  const router = useRouter();
  const rows = useMemo(
    () => heat.rows.map(({ tenant, ...row }) => ({ ...row, id: tenant.id, name: tenant.name })),
    [heat],
  );
  const ticks = useMemo(() => ticksOf(heat), [heat]);
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
        <ChartActions
          title="Heat map"
          sources={sources}
          asTable={asTable}
          toggleTable={() => setAsTable(!asTable)}
          savePicture={() => frame.current && saveHeatPicture(frame.current, { heat, own, scheme, sources })}
          saveFigures={() => saveHeat(heat, sources)}
        />
      }
      flush
    >
      <div ref={frame}>
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
      </div>
    </Panel>
  );
}

/** A dozen steps before and after a cell: what led there, and what came of it. */
function around({ columns, span }: Heat, column: number): { from: string; to: string } {
  const [at, margin] = [columns[column] ?? 0, 12 * span.stepSeconds * 1000];
  const to = Math.min(Date.parse(span.to), at + span.stepSeconds * 1000 + margin);
  return { from: new Date(at - margin).toISOString(), to: new Date(to).toISOString() };
}
