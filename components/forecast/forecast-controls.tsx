"use client";

import { SegmentedControl, Select } from "@mantine/core";
import { forecastMetrics } from "@/lib/forecast/contract";
import { metrics } from "@/lib/kernel/metrics";
import classes from "./forecast.module.css";
import { type ForecastSearch, horizons } from "./search-forecast";

type ForecastControlsProps = { view: ForecastSearch; onChange: (part: Partial<ForecastSearch>) => void };

const kinds = forecastMetrics.map((value) => ({ value, label: metrics[value].label }));

const horizonWords = { "90": "3 months ahead", "180": "6 months ahead", "365": "A year ahead", "730": "2 years ahead" };

/** Chooses what is foretold, and how far. */
export function ForecastControls({ view, onChange }: ForecastControlsProps) {
  return (
    <div className={classes.controls}>
      <SegmentedControl
        size="xs"
        aria-label="What is foretold"
        value={view.metric}
        data={kinds}
        onChange={(value) => onChange({ metric: forecastMetrics.find((each) => each === value) ?? "storage" })}
      />
      <Select
        size="xs"
        className={classes.horizon ?? ""}
        aria-label="How far ahead"
        allowDeselect={false}
        data={horizons.map((value) => ({ value, label: horizonWords[value] }))}
        value={view.horizon}
        onChange={(value) => onChange({ horizon: horizons.find((each) => each === value) ?? "180" })}
      />
    </div>
  );
}
