import type { ChartSeries } from "./chart-series";
import classes from "./history.module.css";

type HistoryLegendProps = {
  series: readonly ChartSeries[];
  hidden: ReadonlySet<string>;
  toggle: (key: string) => void;
  /** What stands beside a series' name. */
  figure: (series: ChartSeries) => string;
};

/** What each colour means; a click hides a line or shows it again. */
export function HistoryLegend({ series, hidden, toggle, figure }: HistoryLegendProps) {
  return (
    <ul className={classes.legend} aria-label="Lines">
      {series.map((line) => (
        <li key={line.key}>
          <button
            type="button"
            className={classes.toggle}
            aria-pressed={!hidden.has(line.key)}
            title={hidden.has(line.key) ? `Show ${line.label}` : `Hide ${line.label}`}
            onClick={() => toggle(line.key)}
          >
            <span
              className={classes.swatch}
              data-dashed={line.dashed || undefined}
              style={line.dashed ? { borderColor: `var(${line.color})` } : { background: `var(${line.color})` }}
              aria-hidden="true"
            />
            <span className={classes.name}>{line.label}</span>
            <span className={classes.figure}>{figure(line)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
