import type { ReactNode } from "react";
import { Breadcrumbs } from "./breadcrumbs";
import layout from "./layout.module.css";
import classes from "./thing-header.module.css";

type ThingHeaderProps = {
  /** The place that lists such things. */
  place: { href: string; name: string };
  /** What this one is called in the way back: short. */
  here: string;
  title: ReactNode;
  /** How it stands, who made it and when. */
  under: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
};

/** The head of a page about one thing of a list: the way back, its name, how it stands, what can be done. */
export function ThingHeader({ place, here, title, under, actions, children }: ThingHeaderProps) {
  return (
    <header className={classes.header}>
      <Breadcrumbs trail={[{ href: place.href, label: place.name }]} here={here} />
      <div className={classes.row}>
        <div className={classes.heading}>
          <h1>{title}</h1>
          <p className={classes.under}>{under}</p>
        </div>
        <div className={layout.actions}>{actions}</div>
      </div>
      {children}
    </header>
  );
}
