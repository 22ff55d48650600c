import { Check } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./start.module.css";

type StepProps = { number: number; title: string; done: boolean; children?: ReactNode };

/** One of the first steps: what it is, whether it is done, and what to do. */
export function Step({ number, title, done, children }: StepProps) {
  return (
    <li className={classes.step} data-done={done || undefined}>
      <span className={classes.mark} aria-hidden="true">
        {done ? <Check size={14} strokeWidth={2.5} /> : number}
      </span>
      <div className={classes.body}>
        <h3 className={classes.title}>
          {title}
          <span className={classes.state}>{done ? "Done" : "Open"}</span>
        </h3>
        {children}
      </div>
    </li>
  );
}
