"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { useUser } from "@/components/shell/user";
import type { UserView } from "@/lib/accounts/contract";
import type { Permission } from "@/lib/kernel/permissions";
import classes from "./analytics-tabs.module.css";
import { useCarry } from "./carry";

type Tab = { href: string; label: string; under?: string; permission: Permission; everywhere?: true };

const tabs: readonly Tab[] = [
  { href: "/analytics", label: "Overview", permission: "metrics:read" },
  { href: "/analytics/tenants", label: "Tenants", permission: "metrics:read" },
  { href: "/analytics/use/cpu", under: "/analytics/use", label: "Use", permission: "metrics:read" },
  { href: "/analytics/performance", label: "Performance", permission: "metrics:read" },
  { href: "/analytics/heatmap", label: "Heat map", permission: "metrics:read" },
  { href: "/analytics/growth", label: "Growth", permission: "metrics:read" },
  { href: "/analytics/compare", label: "Compare", permission: "metrics:read" },
  { href: "/analytics/forecast", label: "Forecast", permission: "metrics:read" },
  { href: "/analytics/capacity", label: "Capacity", permission: "metrics:read", everywhere: true },
  { href: "/analytics/anomalies", label: "Anomalies", permission: "metrics:read" },
  { href: "/analytics/neighbours", label: "Neighbours", permission: "metrics:read", everywhere: true },
  { href: "/analytics/activity", label: "Activity", permission: "activities:read" },
  { href: "/analytics/sign-ins", label: "Sign-ins", permission: "activities:read" },
];

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
        {tabs
          .filter((tab) => maySee(tab, user))
          .map(({ href, under = href, label }) => {
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

function maySee({ permission, everywhere }: Tab, { permissions, scope }: UserView): boolean {
  return permissions.includes(permission) && (!everywhere || scope.kind === "all");
}
