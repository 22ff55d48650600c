import { inWords, showMetric } from "@/components/ui/format";
import { exactTime } from "@/components/ui/time";
import type { Metric } from "@/lib/kernel/metrics";
import classes from "./chart.module.css";
import type { ChartSeries } from "./chart-series";

const mostRows = 240;

type SeriesTableProps = {
  title: string;
  metric: Metric;
  series: ChartSeries[];
  /** Writes a point's time; the time of day unless told. */
  when?: (time: number) => string;
  /** Writes a value; in the metric's unit unless told. */
  show?: (value: number) => string;
};

/** The same figures as the chart, in a table, newest first. */
export function SeriesTable(props: SeriesTableProps) {
  const { when = exactTime, show = (value: number) => inWords(showMetric(props.metric, value)) } = props;
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
              <td>{when(time)}</td>
              {props.series.map(({ key }, index) => (
                <td key={key}>{cell(values[index]?.get(time), show)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function cell(value: number | null | undefined, show: (value: number) => string): string {
  return value == null ? "—" : show(value);
}
