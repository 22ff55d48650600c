"use client";

import { SegmentedControl } from "@mantine/core";
import { useQueryStates } from "nuqs";
import type { Range } from "@/lib/metrics/contract";
import { rangeNames, searchRange } from "./search-range";

/** The charts' range, from the address. */
export function useRange(): Range {
  return useQueryStates(searchRange)[0].range;
}

/** Switches the charts' range. */
export function RangeSwitch() {
  const [{ range }, set] = useQueryStates(searchRange);
  return (
    <SegmentedControl
      size="xs"
      aria-label="Range of the charts"
      value={range}
      onChange={(value) => set({ range: value as Range })}
      data={rangeNames}
    />
  );
}
