import { type ReactNode, useId } from "react";
import classes from "./panel.module.css";

type PanelProps = {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  oneLine?: boolean;
};

/** A bordered section with a heading. `flush` lets its content reach the border; `oneLine` cuts what is too long for one line of the heading. */
export function Panel({ title, note, actions, children, flush = false, oneLine = false }: PanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.head} data-one-line={oneLine || undefined}>
        <h2 id={id} className={classes.title} {...(oneLine && { title })}>
          {title}
        </h2>
        {note !== undefined && <span className={classes.note}>{note}</span>}
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
      <div className={classes.body} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  );
}
