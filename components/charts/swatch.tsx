import classes from "./chart.module.css";
import { type ChartSeries, dashes } from "./chart-series";

/** What a line looks like: its colour, and its dashes where it has any. */
export function Swatch({ color, dashed }: Pick<ChartSeries, "color" | "dashed">) {
  if (!dashed) return <span className={classes.swatch} style={{ background: `var(${color})` }} aria-hidden="true" />;
  return (
    <svg className={classes.dash} viewBox="0 0 18 4" width={18} height={4} aria-hidden="true">
      <path d="M0 2H18" stroke={`var(${color})`} strokeDasharray={dashes[dashed].join(" ")} />
    </svg>
  );
}
