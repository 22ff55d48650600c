"use client";

import { type ReactNode, useMemo, useRef, useState } from "react";
import { count } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { type Bar, barsDrawing } from "./bars-picture";
import classes from "./chart.module.css";
import { ChartActions } from "./chart-actions";
import { legendOf, pictureOf } from "./chart-picture";
import type { ChartSeries } from "./chart-series";
import { inkOf } from "./ink";
import { Legend, toggled } from "./legend";
import { fileName, save, saveCsv, toCsv } from "./save-chart";
import { SeriesTable } from "./series-table";
import { type Step, StepBars } from "./step-bars";
import { periodInZone } from "./zone-clock";

type StepChartProps = {
  title: string;
  /** What is counted, for files and for those who don't see it: "Activities over time". */
  label: string;
  note: ReactNode;
  /** What the two parts of a bar are: ["succeeded", "failed"]. */
  words: readonly [well: string, failed: string];
  steps: readonly Step[];
  /** The end of the last step, Unix milliseconds. */
  to: number;
  /** The zone in which times are written. */
  tz: string;
  /** A step's begin in words. */
  moment: (time: number) => string;
  /** How they were counted, a sentence each. */
  sources: readonly string[];
  /** Said where nothing was counted. */
  empty: string;
  /** Narrows the period to a step. */
  pick?: (from: number, to: number) => void;
};

/** Bars over time with what every chart has: a legend with sums, a table, a picture, the figures, and their source. */
export function StepChart(props: StepChartProps) {
  const { title, label, note, words, steps, to, tz, moment, sources, empty, pick } = props;
  const panel = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const series = useMemo(() => partsOf(words, steps), [words, steps]);
  const shown = series.filter(({ key }) => !hidden.has(key));
  const left = steps.map((step) => ({
    ...step,
    ...(hidden.has("well") && { well: 0 }),
    ...(hidden.has("failed") && { failed: 0 }),
  }));
  const view = { from: steps[0]?.at ?? to, to };
  const savePicture = () => {
    if (!panel.current) return;
    const ink = inkOf(panel.current);
    const head = { title: label, notes: [periodInZone(view, tz)], sources };
    const bars = left.map(
      ({ at, well, failed }): Bar => ({
        label: moment(at),
        parts: [
          { value: well, color: "--s-blue" },
          { value: failed, color: "--s-brick" },
        ],
      }),
    );
    const picture = pictureOf(
      barsDrawing(bars, ink),
      { ...head, legend: legendOf(shown, { moments: false, marks: false }) },
      ink,
    );
    save(picture, fileName(label, view, "png"));
  };
  return (
    <Panel
      title={title}
      note={note}
      actions={
        <ChartActions
          title={label}
          sources={sources}
          asTable={asTable}
          toggleTable={() => setAsTable(!asTable)}
          savePicture={savePicture}
          saveFigures={() => saveCsv(toCsv(shown, view, { unit: "", sources }), fileName(label, view, "csv"))}
        />
      }
      flush
    >
      <div ref={panel}>
        <Legend
          series={series}
          hidden={hidden}
          toggle={(key) => setHidden(toggled(hidden, key))}
          figure={({ points }) => ({ text: count(points.reduce((sum, [, value]) => sum + (value ?? 0), 0)) })}
          figuresAre="In all"
          sources={sources}
        />
        {asTable ? (
          <SeriesTable title={label} series={shown} when={moment} show={count} />
        ) : steps.every(({ well, failed }) => well + failed === 0) ? (
          <p className={classes.nothing}>{empty}</p>
        ) : (
          <StepBars label={label} words={words} steps={left} to={to} moment={moment} {...(pick && { pick })} />
        )}
      </div>
    </Panel>
  );
}

function partsOf([well, failed]: StepChartProps["words"], steps: readonly Step[]): ChartSeries[] {
  return [
    { key: "well", label: capital(well), color: "--s-blue", points: steps.map((step) => [step.at, step.well]) },
    { key: "failed", label: capital(failed), color: "--s-brick", points: steps.map((step) => [step.at, step.failed]) },
  ];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
