"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { useUser } from "@/components/shell/user";
import { Link } from "@/components/ui/link";
import { analyticsPagesOf } from "./analytics-pages";
import classes from "./analytics-tabs.module.css";
import { useCarry } from "./carry";

/** The pages of analytics that this user may see; the period and the chosen tenants go along. */
export function AnalyticsTabs() {
  const path = usePathname();
  const carry = useCarry();
  const user = useUser();
  const row = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone the row moves to the page that was chosen
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (here && row.current) row.current.scrollLeft = here.offsetLeft - row.current.offsetWidth / 2;
    const tell = () => row.current && tellMore(row.current);
    tell();
    addEventListener("resize", tell);
    return () => removeEventListener("resize", tell);
  }, [path]);
  return (
    <nav className={classes.tabs} aria-label="Analytics" ref={row} onScroll={(event) => tellMore(event.currentTarget)}>
      <ul className={classes.list}>
        {analyticsPagesOf(user).map(({ href, under = href, label }) => {
          const here = path === under || (under !== "/analytics" && path.startsWith(`${under}/`));
          return (
            <li key={href}>
              <Link href={carry(href)} className={classes.tab} aria-current={here ? "page" : undefined}>
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

// A row that goes on beyond an edge fades out there.
function tellMore(row: HTMLElement): void {
  const { scrollLeft, scrollWidth, clientWidth } = row;
  row.toggleAttribute("data-before", scrollLeft > 4);
  row.toggleAttribute("data-after", scrollLeft + clientWidth < scrollWidth - 4);
}
