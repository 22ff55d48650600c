import Link from "next/link";
import classes from "./bulk.module.css";

/** The way back to all runs. */
export function Crumb({ here }: { here: string }) {
  return (
    <nav className={classes.crumb} aria-label="You are here">
      <Link href="/bulk">Bulk runs</Link> / <span aria-current="page">{here}</span>
    </nav>
  );
}
