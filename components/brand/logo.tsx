import classes from "./logo.module.css";

const cells = [
  [0, 0],
  [7, 0],
  [14, 0],
  [7, 7],
  [7, 14],
] as const;

/** The mark: a T built of equal cells, one of them another colour, as one tenant among many. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" className={classes.ground} />
      {cells.map(([x, y]) => (
        <rect
          key={`${x}-${y}`}
          x={6 + x}
          y={7 + y}
          width="6"
          height="6"
          rx="1.4"
          fill={x === 14 ? "#84c5d4" : "#fff"}
        />
      ))}
    </svg>
  );
}

/** The mark with the product's name. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <span className={classes.logo}>
      <Mark size={size} />
      <span className={classes.name}>Tenantry</span>
    </span>
  );
}
