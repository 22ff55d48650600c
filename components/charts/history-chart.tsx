"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { serverTime } from "@/client/now";
import { useViewerZone } from "@/client/viewer";
import { Panel } from "@/components/ui/panel";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import chartClasses from "./chart.module.css";
import { legendOf, type PictureHead } from "./chart-picture";
import { type ChartAnnotation, type ChartMark, type ChartSeries, hasValues } from "./chart-series";
import { stepOf } from "./follow";
import classes from "./history.module.css";
import { HistoryActions } from "./history-actions";
import type { CanvasHandle } from "./history-canvas";
import { useHoverGroup } from "./hover-group";
import { Legend, toggled } from "./legend";
import { MomentsList } from "./moments-list";
import { inWords, newestKnown } from "./newest";
import { fileName, save, saveCsv, toCsv } from "./save-chart";
import { SeriesTable } from "./series-table";
import { showValues } from "./show-values";
import { notBeyond, type View } from "./view";
import { periodInZone, timeInZone } from "./zone-clock";

const HistoryCanvas = dynamic(() => import("./history-canvas").then((module) => module.HistoryCanvas), {
  ssr: false,
  loading: () => <Skeleton height="100%" radius="sm" />,
});

/** Milliseconds without a move after which a view is the chosen one. */
const settles = 300;

export type HistoryChartProps = {
  title: string;
  /** Whose figures they are, for saved files: in their names, and in a picture's title. */
  whose?: string;
  note?: ReactNode;
  /** Decides how values are written, unless `unit` does. */
  metric: Metric;
  unit?: string;
  series: ChartSeries[];
  annotations?: readonly ChartAnnotation[];
  marks?: readonly ChartMark[];
  stacked?: boolean;
  /** What is shown, Unix milliseconds. */
  from: number;
  to: number;
  /** The zone in which times are written; the viewer's own unless told. */
  tz?: string;
  /** Hears once a chosen view has come to rest, so that finer figures can be read. */
  onZoom?: (from: number, to: number) => void;
  /** Undoes the zoom; without it the chart goes back to the stretch that it began with. */
  onReset?: () => void;
  /** How the figures were measured, a sentence each. */
  sources: string[];
  /** What stands in the legend beside a name; the newest known value unless told. */
  figure?: (series: ChartSeries) => string;
  /** Begins as a table. */
  asTable?: boolean;
  tall?: boolean;
  /** Whether what is marked is listed below; not where the page lists it once for all its charts. */
  momentsBelow?: boolean;
  /** Said instead of a chart without values. */
  empty?: ReactNode;
};

/** A chart over a long time that one can zoom and move in, with what happened, its sources, and a table. */
export function HistoryChart(props: HistoryChartProps) {
  const { title, note, metric, unit, series, annotations = none, marks = none, stacked = false, sources } = props;
  const own = useViewerZone();
  const { tz = own, tall = false, momentsBelow = true, empty = "Nothing was measured in this time." } = props;
  const group = useHoverGroup();
  const canvas = useRef<CanvasHandle>(null);
  const [asTable, setAsTable] = useState(props.asTable ?? false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { view, chosen, reset } = useView(props);
  const show = useMemo(() => showValues(metric, unit), [metric, unit]);
  const drawn = useMemo(
    () => ({ series, hidden, stacked, show, tz, annotations, marks }),
    [series, hidden, stacked, show, tz, annotations, marks],
  );
  const shown = series.filter(({ key }) => !hidden.has(key));
  const when = (time: number) => timeInZone(time, tz, stepOf(drawn));
  const file = props.whose === undefined ? title : `${props.whose} ${title}`;
  const actions = {
    zoom: (factor: number) => canvas.current?.zoom(factor),
    move: (part: number) => canvas.current?.move(part),
    savePicture: () =>
      save(canvas.current?.picture(headOf(props, { shown, view, tz })) ?? "", fileName(file, view, "png")),
    saveFigures: () =>
      saveCsv(toCsv(shown, view, { unit: unit ?? metrics[metric].unit, sources }), fileName(file, view, "csv")),
  };
  return (
    <Panel
      title={title}
      {...(note !== undefined && { note })}
      actions={
        <HistoryActions {...{ title, sources, asTable, reset, ...actions }} toggleTable={() => setAsTable(!asTable)} />
      }
      flush
    >
      <Legend
        series={series}
        hidden={hidden}
        toggle={(key) => setHidden(toggled(hidden, key))}
        sources={sources}
        figuresAre={props.figure ? undefined : "Newest step"}
        figure={({ points, ...line }) => {
          if (props.figure) return { text: props.figure({ points, ...line }) };
          const newest = newestKnown(points, view);
          return { text: show.value(newest?.value ?? null), ...(newest?.old && { when: when(newest.at) }) };
        }}
      />
      {asTable ? (
        <SeriesTable title={title} series={within(shown, view)} when={when} show={show.value} />
      ) : (
        <div className={classes.frame} data-tall={tall || undefined}>
          {hasValues(series) ? (
            <HistoryCanvas
              drawn={drawn}
              view={view}
              label={inWords(title, shown, view, { value: show.value, time: when })}
              group={group}
              onView={chosen}
              onReset={reset}
              handle={canvas}
            />
          ) : (
            <p className={chartClasses.empty}>{empty}</p>
          )}
        </div>
      )}
      {!asTable && momentsBelow && (
        <MomentsList annotations={annotations} marks={marks} tz={tz} show={(time) => group.set(time)} />
      )}
    </Panel>
  );
}

const none: never[] = [];

type Seen = { shown: readonly ChartSeries[]; view: View; tz: string };

// What a saved picture says of itself: what the page says around the chart.
function headOf(
  { title, whose, note, metric, unit, annotations = none, marks = none, sources }: HistoryChartProps,
  { shown, view, tz }: Seen,
): PictureHead {
  const within = (from: number, to: number | null) => from <= view.to && (to === null || to >= view.from);
  return {
    title: whose === undefined ? title : `${title} · ${whose}`,
    notes: [typeof note === "string" ? note : (unit ?? metrics[metric].unit), periodInZone(view, tz)],
    legend: legendOf(shown, {
      moments: annotations.some(({ at }) => within(at, at)),
      marks: marks.some(({ from, to }) => within(from, to)),
    }),
    sources,
  };
}

// The view that was asked for, or the one chosen since: the canvas is ahead of it while it moves.
function useView({ from, to, onZoom, onReset }: HistoryChartProps) {
  const [view, setView] = useState<View>({ from, to });
  const [home] = useState<View>({ from, to });
  const settle = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setView({ from, to }), [from, to]);
  useEffect(() => () => clearTimeout(settle.current), []);
  const chosen = (next: View) => {
    clearTimeout(settle.current);
    settle.current = setTimeout(() => {
      const held = notBeyond(next, Math.max(serverTime(), home.to));
      setView(held);
      onZoom?.(held.from, held.to);
    }, settles);
  };
  const reset = () => {
    clearTimeout(settle.current);
    // A new object shows it again also where the chart never left it: the canvas may be ahead.
    setView(onZoom ? { from, to } : { ...home });
    onReset ? onReset() : onZoom?.(home.from, home.to);
  };
  return { view, chosen, reset };
}

function within(series: ChartSeries[], { from, to }: View): ChartSeries[] {
  return series.map((line) => ({ ...line, points: line.points.filter(([time]) => time >= from && time <= to) }));
}
