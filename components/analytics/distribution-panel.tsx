"use client";

import { useElementSize } from "@mantine/hooks";
import { useRef, useState } from "react";
import { ChartActions } from "@/components/charts/chart-actions";
import { count } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import { BinsTable } from "./bins-table";
import { binEdges, type Distribution, shownBins, spreadWords } from "./distribution";
import classes from "./distribution.module.css";
import { saveBins, saveBinsPicture } from "./save-bins";

type DistributionPanelProps = {
  title: string;
  metric: Metric;
  distribution: Distribution | undefined;
  /** Stands beside a list that is long. */
  tall?: boolean;
  /** How the figures were measured, a sentence each. */
  sources: readonly string[];
};

/** How many tenants there are at which height, and what that says. */
export function DistributionPanel({ title, metric, distribution, tall = false, sources }: DistributionPanelProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const words = distribution ? spreadWords(metric, distribution) : [];
  if (!distribution || words.length === 0) {
    return (
      <Panel title={title} note="tenants by their mean">
        <p className={classes.words}>Nothing was measured in this period.</p>
      </Panel>
    );
  }
  const bins = shownBins(distribution.bins);
  return (
    <Panel
      title={title}
      note={`tenants by their mean, ${metrics[metric].unit}`}
      actions={
        <ChartActions
          title={title}
          sources={sources}
          asTable={asTable}
          toggleTable={() => setAsTable(!asTable)}
          savePicture={() => frame.current && saveBinsPicture(frame.current, { title, metric, bins, words, sources })}
          saveFigures={() => saveBins({ title, metric, bins: distribution.bins, sources })}
        />
      }
    >
      <div ref={frame}>
        {asTable ? (
          <BinsTable title={title} metric={metric} bins={bins} />
        ) : (
          <Histogram metric={metric} bins={bins} tall={tall} />
        )}
      </div>
      {words.map((sentence) => (
        <p key={sentence} className={classes.words}>
          {sentence}
        </p>
      ))}
    </Panel>
  );
}

type HistogramProps = { metric: Metric; bins: Distribution["bins"]; tall: boolean };

function Histogram({ metric, bins, tall }: HistogramProps) {
  const { ref, width } = useElementSize<HTMLOListElement>();
  const most = Math.max(1, ...bins.map(({ tenants }) => tenants));
  const edge = binEdges(metric, bins);
  const room = width > 0 ? width : narrowest;
  const edges = bins.map(({ from, to }) => (from === 0 ? `<${edge(to)}` : edge(from)));
  const fits = edgesThatFit(edges, room);
  return (
    <ol ref={ref} className={classes.bins} data-tall={tall || undefined} data-drawing aria-label="Tenants by height">
      {bins.map(({ from, to, tenants }, index) => (
        <li key={from} className={classes.bin} title={`${edge(from)} to ${edge(to)}: ${plural(tenants, "tenant")}`}>
          <span className={classes.count} data-none={tenants === 0 || undefined}>
            {count(tenants)}
          </span>
          <span className={classes.column} aria-hidden="true">
            <span
              className={classes.bar}
              style={{ height: tenants === 0 ? 0 : `max(2px, ${(tenants / most) * 100}%)` }}
            />
          </span>
          <span className={classes.edge} data-cut={!fits(index) || undefined}>
            {from > 0 && <span className={classes.hidden}>from </span>}
            {edges[index]}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Pixels that a histogram is taken to have before it is measured, and that a letter of an edge has. */
const [narrowest, letter] = [280, 6.4] as const;

/** Which edges are written: as many as stand beside each other, and none that would reach over the end. */
function edgesThatFit(edges: readonly string[], room: number): (index: number) => boolean {
  const column = room / Math.max(1, edges.length);
  const longest = Math.max(...edges.map((edge) => edge.length)) * letter + 4;
  const every = Math.max(1, Math.ceil(longest / column));
  return (index) => index % every === 0 && index * column + (edges[index]?.length ?? 0) * letter <= room + 8;
}
