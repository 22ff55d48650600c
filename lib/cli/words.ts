import { type Metric, metrics } from "@/lib/kernel/metrics";
import { printable } from "./width";

/** A metric's value with its unit; a dash where it is unknown. */
export function metricWords(metric: Metric, value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  const { short, digits } = metrics[metric];
  return `${value.toFixed(digits)}${short === "" || short === "%" ? short : ` ${short}`}`;
}

/** A moment as people read it, in UTC. */
export function momentWords(at: string | null | undefined): string {
  return at ? `${at.slice(0, 16).replace("T", " ")}Z` : "–";
}

/** Labels and values under each other. */
export function pairs(rows: readonly [label: string, value: string | number | null | undefined][]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${printable(String(value ?? "–"))}`).join("\n");
}
