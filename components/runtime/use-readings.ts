"use client";

import { useEffect, useState } from "react";
import type { ProcessView } from "@/lib/processes/contract";
import { extend, type Readings } from "./rates";

/** What processes had counted each time they were heard since the page was opened. */
export function useReadings(processes: readonly ProcessView[] | undefined): Readings {
  const [readings, setReadings] = useState<Readings>(new Map());
  useEffect(() => {
    if (processes) setReadings((before) => extend(before, processes));
  }, [processes]);
  return readings;
}
