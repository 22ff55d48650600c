import type { ChartSeries } from "./chart-series";
import classes from "./history.module.css";

type HistoryLegendProps = {
  series: readonly ChartSeries[];
  hidden: ReadonlySet<string>;
  toggle: (key: string) => void;
  /** What stands beside a series' name, and of when it is where that isn't plain. */
  figure: (series: ChartSeries) => { text: string; when?: string };
  /** What those figures are, such as "Newest step"; nothing where each says it itself. */
  figuresAre?: string | undefined;
};

/** What each colour means; a click hides a line or shows it again. */
export function HistoryLegend({ series, hidden, toggle, figure, figuresAre }: HistoryLegendProps) {
  return (
    <ul className={classes.legend} aria-label="Lines">
      {figuresAre !== undefined && <li className={classes.lead}>{figuresAre}:</li>}
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
            <span className={classes.name} dir="auto">
              {line.label}
            </span>
            <Figure {...figure(line)} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Figure({ text, when }: { text: string; when?: string }) {
  if (when === undefined) return <span className={classes.figure}>{text}</span>;
  return (
    <>
      <span className={classes.figure} data-old>
        {text}
      </span>
      <span className={classes.when} title="The newest that is known: nothing is known since.">
        {when}
      </span>
    </>
  );
}
