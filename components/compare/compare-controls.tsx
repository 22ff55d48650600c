"use client";

import { SegmentedControl, Select } from "@mantine/core";
import { compareModes } from "@/lib/analytics/shapes";
import { metricNames, metrics } from "@/lib/kernel/metrics";
import classes from "./compare.module.css";
import type { CompareSearch } from "./search-compare";

type CompareControlsProps = { view: CompareSearch; change: (part: Partial<CompareSearch>) => void };

const modes = { absolute: "As measured", normalised: "By own peak", share: "Parts of the sum" } as const;

/** Chooses what is compared, and by what measure. */
export function CompareControls({ view, change }: CompareControlsProps) {
  return (
    <div className={classes.controls}>
      <Select
        size="xs"
        aria-label="Metric"
        allowDeselect={false}
        value={view.metric}
        data={metricNames.map((value) => ({ value, label: metrics[value].label }))}
        onChange={(value) => change({ metric: metricNames.find((name) => name === value) ?? "cpu" })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Measure"
        value={view.mode}
        data={compareModes.map((value) => ({ value, label: modes[value] }))}
        onChange={(value) => change({ mode: compareModes.find((mode) => mode === value) ?? "absolute" })}
      />
    </div>
  );
}
