import classes from "./chart.module.css";
import type { ChartSeries } from "./chart-series";
import { Swatch } from "./swatch";

/** What stands beside a line's name: its newest value, and of when it is where that isn't plain. */
export type LegendFigure = {
  text: string;
  /** Of when it is: it is older than it should be. */
  when?: string;
};

type LegendProps = {
  series: readonly ChartSeries[];
  hidden: ReadonlySet<string>;
  toggle: (key: string) => void;
  figure: (series: ChartSeries) => LegendFigure;
  /** What those figures are, such as "Newest step"; nothing where each says it itself. */
  figuresAre?: string | undefined;
  /** How they were measured and how old they are, a sentence each. */
  sources: readonly string[];
};

/** What each colour means, with its figure; a click hides a line or shows it again. */
export function Legend({ series, hidden, toggle, figure, figuresAre, sources }: LegendProps) {
  return (
    <ul className={classes.legend} aria-label="Lines">
      {figuresAre !== undefined && <li className={classes.lead}>{figuresAre}:</li>}
      {series.map((line) => {
        const { text, when } = figure(line);
        const does = hidden.has(line.key) ? "Show" : "Hide";
        return (
          <li key={line.key} className={classes.entry}>
            <button
              type="button"
              className={classes.key}
              aria-pressed={!hidden.has(line.key)}
              data-provenance={[`${line.label}: ${text}`, ...sources, `A click: ${does.toLowerCase()} it.`].join("\n")}
              onClick={() => toggle(line.key)}
            >
              <Swatch {...line} />
              <bdi className={classes.name}>{line.label}</bdi>
              <span className={classes.value} data-old={when !== undefined || undefined}>
                {text}
              </span>
              {when !== undefined && <span className={classes.when}>{when}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** A set with a key taken out where it was in it, else put in. */
export function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
