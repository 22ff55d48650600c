import { Fragment } from "react";
import { Link } from "@/components/ui/link";
import classes from "./breadcrumbs.module.css";

/** A page above this one. */
export type Crumb = { href: string; label: string };

/** Where a page stands: the pages above it as links, and what it is called here. */
export function Breadcrumbs({ trail, here }: { trail: readonly Crumb[]; here: string }) {
  return (
    <nav className={classes.crumbs} aria-label="You are here">
      {trail.map(({ href, label }) => (
        <Fragment key={href}>
          <Link href={href} className={classes.link}>
            <bdi>{label}</bdi>
          </Link>
          <span aria-hidden="true" className={classes.apart}>
            /
          </span>
        </Fragment>
      ))}
      <span aria-current="page" className={classes.here}>
        <bdi>{here}</bdi>
      </span>
    </nav>
  );
}
