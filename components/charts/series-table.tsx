import classes from "./chart.module.css";
import type { ChartSeries } from "./chart-series";

const mostRows = 240;

type SeriesTableProps = {
  title: string;
  series: readonly ChartSeries[];
  /** Writes a point's time. */
  when: (time: number) => string;
  /** Writes a value with its unit. */
  show: (value: number) => string;
};

/** The same figures as the chart, in a table, newest first. */
export function SeriesTable({ title, series, when, show }: SeriesTableProps) {
  const values = series.map(({ points }) => new Map(points));
  const times = [...new Set(series.flatMap(({ points }) => points.map(([time]) => time)))]
    .sort((a, b) => b - a)
    .slice(0, mostRows);
  return (
    <section className={classes.table} aria-label={`${title} as a table`} {...{ tabIndex: 0 }}>
      <table>
        <caption>{title}, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map(({ key, label }) => (
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
              {series.map(({ key }, index) => (
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
