"use client";

import { Database, LayoutDashboard, Server } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "./navigation.module.css";

const places = [
  { href: "/", label: "Overview", icon: LayoutDashboard },
  { href: "/tenants", label: "Tenants", icon: Database },
  { href: "/servers", label: "Servers", icon: Server },
] as const;

/** The places of the console. */
export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const path = usePathname();
  return (
    <nav aria-label="Console">
      <ul className={classes.list}>
        {places.map(({ href, label, icon: Icon }) => {
          const here = href === "/" ? path === "/" : path.startsWith(href);
          return (
            <li key={href}>
              <Link href={href} className={classes.link} aria-current={here ? "page" : undefined} onClick={onNavigate}>
                <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
