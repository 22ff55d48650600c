"use client";

import { Select } from "@mantine/core";
import { metrics } from "@/lib/kernel/metrics";
import classes from "./neighbours.module.css";
import type { NeighboursSearch } from "./search-neighbours";
import { feltMetrics, loadMetrics } from "./words";

type NeighboursControlsProps = {
  view: NeighboursSearch;
  servers: readonly { id: string; name: string; tenants: number }[];
  /** The server that is looked at. */
  chosen: string | null;
  onChange: (part: Partial<NeighboursSearch>) => void;
};

/** Chooses the server, what the loud one uses, and what the other one feels. */
export function NeighboursControls({ view, servers, chosen, onChange }: NeighboursControlsProps) {
  return (
    <search className={classes.controls} aria-label="What is compared">
      <Select
        size="xs"
        label="Server"
        allowDeselect={false}
        searchable={servers.length > 8}
        data={servers.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={(server) => onChange({ server })}
      />
      <Select
        size="xs"
        label="The loud one's"
        allowDeselect={false}
        data={loadMetrics.map((value) => ({ value, label: metrics[value].label }))}
        value={view.load}
        onChange={(value) => onChange({ load: loadMetrics.find((each) => each === value) ?? "cpu" })}
      />
      <Select
        size="xs"
        label="The other one's"
        allowDeselect={false}
        data={feltMetrics.map((value) => ({ value, label: metrics[value].label }))}
        value={view.felt}
        onChange={(value) => onChange({ felt: feltMetrics.find((each) => each === value) ?? "latency" })}
      />
    </search>
  );
}
