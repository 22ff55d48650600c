"use client";

import { Select } from "@mantine/core";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import { metricGroups } from "./search-metric";

/** Chooses the metric that a page is about. */
export function MetricSelect({ value, onChange }: { value: Metric; onChange: (metric: Metric) => void }) {
  return (
    <Select
      size="xs"
      aria-label="Metric"
      allowDeselect={false}
      maxDropdownHeight={420}
      data={metricGroups}
      value={value}
      onChange={(name) => {
        const chosen = metricNames.find((each) => each === name);
        if (chosen) onChange(chosen);
      }}
    />
  );
}
