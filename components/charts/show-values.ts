import { inWords, showMetric, showOnAxis } from "@/components/ui/format";
import { type Metric, metrics } from "@/lib/kernel/metrics";

/** How a chart writes its values. */
export type ShowValues = {
  /** A value with its unit; a dash where it is unknown. */
  value: (value: number | null) => string;
  /** The same for the axis, without idle decimals. */
  axis: (value: number) => string;
  /** A step between grid lines for a highest value. */
  binary: boolean;
  /** Whole numbers only. */
  whole: boolean;
  /** What the axis ends at whatever is measured; null: at the highest value. */
  limit: number | null;
};

/** Writes values of a metric, or of another unit where one is given, such as "%" of a peak. */
export function showValues(metric: Metric, unit?: string): ShowValues {
  if (unit !== undefined) return showUnit(unit);
  return {
    value: (value) => (value === null ? "—" : inWords(showMetric(metric, value))),
    axis: (value) => showOnAxis(metric, value),
    binary: metrics[metric].unit === "MiB",
    whole: metrics[metric].digits === 0,
    limit: metric === "cacheHit" ? 100 : null,
  };
}

const digits = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

function showUnit(unit: string): ShowValues {
  const show = (value: number) => (unit === "" ? digits.format(value) : `${digits.format(value)} ${unit}`);
  const limit = unit === "%" ? 100 : null;
  return { value: (value) => (value === null ? "—" : show(value)), axis: show, binary: false, whole: false, limit };
}
