import { newestValue } from "@/client/series";
import { showMetric } from "@/components/ui/format";
import type { Metric } from "@/lib/kernel/metrics";
import classes from "./chart.module.css";
import type { ChartSeries } from "./chart-series";

/** What each colour means, and its newest value. */
export function Legend({ metric, series, stale }: { metric: Metric; series: ChartSeries[]; stale: boolean }) {
  return (
    <ul className={classes.legend}>
      {series.map(({ key, label, color, dashed, points }) => (
        <li key={key} className={classes.key}>
          <span
            className={classes.swatch}
            data-dashed={dashed || undefined}
            style={dashed ? { borderColor: `var(${color})` } : { background: `var(${color})` }}
            aria-hidden="true"
          />
          {label}
          <Value metric={metric} value={newestValue(points)} stale={stale} />
        </li>
      ))}
    </ul>
  );
}

function Value({ metric, value, stale }: { metric: Metric; value: number | null; stale: boolean }) {
  if (value === null) return <span className={classes.value}>—</span>;
  const { text, unit } = showMetric(metric, value);
  return (
    <span className={classes.value} data-stale={stale || undefined}>
      {text}
      <small>{unit}</small>
    </span>
  );
}
