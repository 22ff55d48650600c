import type { ReactNode } from "react";
import classes from "./facts.module.css";

/** What is known of a thing, a line each: its name and its value. */
export function Facts({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <dl className={classes.facts} {...(label !== undefined && { "aria-label": label })}>
      {children}
    </dl>
  );
}

/** One line of `Facts`. */
export function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
