import type { ReactNode } from "react";
import { Logo } from "@/components/brand/logo";
import classes from "./accounts.module.css";

/** The calm frame of the pages before the console. */
export function AuthFrame({ children }: { children: ReactNode }) {
  return (
    <main className={classes.frame}>
      <div className={classes.brand}>
        <Logo size={30} />
      </div>
      <div className={classes.card}>{children}</div>
      <p className={classes.foot}>The control plane of every tenant's own PostgreSQL database</p>
    </main>
  );
}
