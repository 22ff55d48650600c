import classes from "./share-bar.module.css";

const percent = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A part of the whole as a bar, with its figure. */
export function ShareBar({ share }: { share: number | null }) {
  if (share === null) return <span className={classes.none}>—</span>;
  const text = share > 0 && share < 0.0005 ? "<0.1" : percent.format(share * 100);
  return (
    <span className={classes.share}>
      <span className={classes.track} aria-hidden="true">
        <span className={classes.bar} style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      <span className={classes.figure}>{text} %</span>
    </span>
  );
}
