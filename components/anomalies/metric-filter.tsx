"use client";

import { MultiSelect } from "@mantine/core";
import { type Metric, metricNames, metrics } from "@/lib/kernel/metrics";
import classes from "./anomalies.module.css";

type MetricFilterProps = { chosen: Metric[]; onChange: (metrics: Metric[]) => void };

const choices = metricNames.map((value) => ({ value, label: metrics[value].label }));

/** Narrows the list to some metrics. */
export function MetricFilter({ chosen, onChange }: MetricFilterProps) {
  return (
    <MultiSelect
      size="xs"
      className={classes.metrics ?? ""}
      aria-label="Metrics"
      placeholder={chosen.length === 0 ? "All metrics" : ""}
      data={choices}
      value={chosen}
      onChange={(values) => onChange(metricNames.filter((name) => values.includes(name)))}
      clearable
      clearButtonProps={{ "aria-label": "All metrics again" }}
    />
  );
}
