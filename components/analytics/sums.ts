import { type Shown, showMebibytes } from "@/components/ui/format";
import type { Metric } from "@/lib/kernel/metrics";

const hour = 3600;

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const part = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** What a metric's value times the seconds for which it stood amounts to; null where that means nothing. */
export function showSum(metric: Metric, sum: number): Shown | null {
  switch (metric) {
    case "cpu":
    case "appCpu":
      return { text: number(sum / 100 / hour), unit: "core-h" };
    case "memory":
    case "buffers":
    case "storage":
    case "appMemory": {
      const { text, unit } = showMebibytes(sum / hour);
      return { text, unit: `${unit}-h` };
    }
    case "connections":
    case "pooled":
      return { text: number(sum / hour), unit: "conn-h" };
    case "requests":
    case "transactions":
    case "waits":
    case "errors":
      return { text: whole.format(sum), unit: "" };
    default:
      return null;
  }
}

/** What a sum is of, as a column's heading. */
export function sumWords(metric: Metric): string {
  if (metric === "cpu" || metric === "appCpu") return "Core-hours";
  if (metric === "connections" || metric === "pooled") return "Connection-hours";
  if (["memory", "buffers", "storage", "appMemory"].includes(metric)) return "Size × hours";
  return "Number";
}

/** Whether a sum of the metric means something: of means and ratios it does not. */
export function hasSum(metric: Metric): boolean {
  return showSum(metric, 0) !== null;
}

function number(value: number): string {
  if (value > 0 && value < 0.005) return "<0.01";
  return (value >= 100 ? whole : part).format(value);
}
