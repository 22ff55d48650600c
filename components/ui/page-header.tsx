import type { ReactNode } from "react";
import classes from "./page-header.module.css";

/** A page's title with what it is about, and its actions. */
export function PageHeader(props: { title: string; note?: ReactNode; children?: ReactNode }) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{props.title}</h1>
        {props.note !== undefined && <p className={classes.note}>{props.note}</p>}
      </div>
      <div className={classes.actions}>{props.children}</div>
    </header>
  );
}
