import type { ReactNode } from "react";
import classes from "./callout.module.css";

type CalloutProps = { tone?: "quiet" | "ok" | "warn" | "bad"; role?: "alert" | "status"; children: ReactNode };

/** Words that somebody or some machine left with a thing: a note, a reason, what a server said. */
export function Callout({ tone = "quiet", role, children }: CalloutProps) {
  return (
    <p className={classes.callout} data-tone={tone} role={role} dir="auto">
      {children}
    </p>
  );
}
