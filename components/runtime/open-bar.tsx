import { nearLimit } from "./process-words";
import classes from "./runtime.module.css";

/** Connections at work and idle, of all that are allowed. */
export function OpenBar({ open, idle, total }: { open: number; idle: number; total: number }) {
  const share = (part: number) => ({ inlineSize: `${Math.min(100, (part / Math.max(1, total)) * 100)}%` });
  return (
    <span className={classes.bar} data-near={open >= total * nearLimit || undefined} aria-hidden="true">
      <span className={classes.busy} style={share(open - idle)} />
      <span className={classes.idle} style={share(idle)} />
    </span>
  );
}
