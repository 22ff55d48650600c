"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";
import { useMemo, useRef, useState } from "react";
import { newestValue } from "@/client/series";
import { useViewerZone } from "@/client/viewer";
import { useStale } from "@/components/ui/figure";
import { Panel } from "@/components/ui/panel";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import classes from "./chart.module.css";
import { ChartActions } from "./chart-actions";
import { drawingOf, legendOf, pictureOf } from "./chart-picture";
import { type ChartSeries, describeSeries, hasValues } from "./chart-series";
import { inkOf } from "./ink";
import { Legend, toggled } from "./legend";
import { fileName, save, saveCsv, toCsv } from "./save-chart";
import { SeriesTable } from "./series-table";
import { showValues } from "./show-values";
import { periodInZone, timeInZone } from "./zone-clock";

const ChartCanvas = dynamic(() => import("./chart-canvas").then((module) => module.ChartCanvas), {
  ssr: false,
  loading: () => <Skeleton height="100%" radius="sm" />,
});

type TimeChartProps = {
  title: string;
  /** The unit in words; that of the metric unless told. */
  note?: string;
  /** Whose figures they are, for saved files. */
  whose?: string;
  /** Decides how values are written. */
  metric: Metric;
  /** Kept the same while nothing new was measured: a new list is drawn anew. */
  series: ChartSeries[];
  stacked?: boolean;
  from: number;
  to: number;
  /** How the figures were measured, a sentence each. */
  sources: string[];
  /** When the newest of them was measured. */
  measuredAt: string | null;
};

/** A chart that moves with what is measured, with its legend, its sources, and the same figures as a table. */
export function TimeChart(props: TimeChartProps) {
  const { title, metric, series, stacked = false, from, to, sources, measuredAt } = props;
  const tz = useViewerZone();
  const stale = useStale(measuredAt);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [asTable, setAsTable] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => series.filter(({ key }) => !hidden.has(key)), [series, hidden]);
  const show = showValues(metric);
  const { unit } = metrics[metric];
  const note = props.note ?? unit;
  const when = (time: number) => timeInZone(time, tz, 1000);
  const age = measuredAt === null ? [] : [`${stale ? "Stale since" : "Measured"} ${when(Date.parse(measuredAt))}`];
  const file = props.whose === undefined ? title : `${props.whose} ${title}`;
  const savePicture = () => {
    if (!canvas.current) return;
    const head = { title: file, notes: [note, periodInZone({ from, to }, tz)], sources };
    const legend = legendOf(shown, { moments: false, marks: false });
    save(
      pictureOf(drawingOf(canvas.current), { ...head, legend }, inkOf(canvas.current)),
      fileName(file, { from, to }, "png"),
    );
  };
  return (
    <Panel
      title={title}
      note={note}
      oneLine
      actions={
        <ChartActions
          title={title}
          sources={[...sources, ...age]}
          asTable={asTable}
          toggleTable={() => setAsTable(!asTable)}
          savePicture={savePicture}
          saveFigures={() =>
            saveCsv(toCsv(shown, { from, to }, { unit, sources }), fileName(file, { from, to }, "csv"))
          }
        />
      }
      flush
    >
      <Legend
        series={series}
        hidden={hidden}
        toggle={(key) => setHidden(toggled(hidden, key))}
        sources={[...sources, ...age]}
        figure={({ points }) => ({
          text: show.value(newestValue(points)),
          ...(stale && measuredAt !== null && { when: `since ${when(Date.parse(measuredAt))}` }),
        })}
      />
      {asTable ? (
        <SeriesTable title={title} series={shown} when={when} show={show.value} />
      ) : (
        <div className={classes.frame}>
          {hasValues(series) ? (
            <ChartCanvas
              {...{ metric, stacked, from, to, tz, canvas }}
              series={shown}
              label={describeSeries(title, metric, shown)}
            />
          ) : (
            <p className={classes.empty}>Nothing was measured in this range yet.</p>
          )}
        </div>
      )}
    </Panel>
  );
}
