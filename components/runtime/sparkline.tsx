import classes from "./runtime.module.css";

const [width, height] = [54, 22];

/** The newest values as a small line from zero; what it shows stands beside it in words. */
export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) return null;
  const top = Math.max(...values, 1);
  // It grows with what was heard until it fills its place.
  const last = Math.max(values.length, 20) - 1;
  const x = (index: number) => (width * index) / last;
  const line = values.map(
    (value, index) => `${x(index).toFixed(1)},${(height - 1 - (value / top) * (height - 3)).toFixed(1)}`,
  );
  return (
    <svg className={classes.spark} viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      <polyline points={line.join(" ")} />
    </svg>
  );
}
