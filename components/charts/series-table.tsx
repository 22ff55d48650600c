import { inWords, showMetric } from "@/components/ui/format";
import { exactTime } from "@/components/ui/time";
import type { Metric } from "@/lib/kernel/metrics";
import classes from "./chart.module.css";
import type { ChartSeries } from "./chart-series";

const mostRows = 240;

/** The same figures as the chart, in a table, newest first. */
export function SeriesTable(props: { title: string; metric: Metric; series: ChartSeries[] }) {
  const values = props.series.map(({ points }) => new Map(points));
  const times = [...new Set(props.series.flatMap(({ points }) => points.map(([time]) => time)))]
    .sort((a, b) => b - a)
    .slice(0, mostRows);
  return (
    <section className={classes.table} aria-label={`${props.title} as a table`} {...{ tabIndex: 0 }}>
      <table>
        <caption>{props.title}, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {props.series.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((time) => (
            <tr key={time}>
              <td>{exactTime(time)}</td>
              {props.series.map(({ key }, index) => (
                <td key={key}>{cell(props.metric, values[index]?.get(time))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function cell(metric: Metric, value: number | null | undefined): string {
  return value == null ? "—" : inWords(showMetric(metric, value));
}
