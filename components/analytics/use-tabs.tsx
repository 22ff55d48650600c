"use client";

import type { UseName } from "@/client/analytics-queries";
import { Link } from "@/components/ui/link";
import { useCarry } from "./carry";
import { resourceNames } from "./resource-names";
import classes from "./use-tabs.module.css";

const labels: Record<UseName, string> = { cpu: "CPU", memory: "Memory", storage: "Storage", requests: "Requests" };

/** Switches between the pages of resources. */
export function UseTabs({ here }: { here: UseName }) {
  const carry = useCarry();
  return (
    <nav className={classes.tabs} aria-label="Resources">
      {resourceNames.map((name) => (
        <Link
          key={name}
          href={carry(`/analytics/use/${name}`)}
          className={classes.tab}
          aria-current={name === here ? "page" : undefined}
        >
          {labels[name]}
        </Link>
      ))}
    </nav>
  );
}
