import type { ReactNode } from "react";
import { Breadcrumbs, type Crumb } from "./breadcrumbs";
import classes from "./page-header.module.css";

type PageHeaderProps = {
  title: string;
  note?: ReactNode;
  /** The pages above, for a page below a place, and what this page is called among them. */
  crumbs?: { trail: readonly Crumb[]; here: string };
  /** The page's actions. */
  children?: ReactNode;
};

/** A page's title with where it stands, what it is about, and its actions. */
export function PageHeader({ title, note, crumbs, children }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {crumbs && <Breadcrumbs {...crumbs} />}
        <h1 className={classes.title}>
          <bdi>{title}</bdi>
        </h1>
        {note !== undefined && <p className={classes.note}>{note}</p>}
      </div>
      {children !== undefined && <div className={classes.actions}>{children}</div>}
    </header>
  );
}
