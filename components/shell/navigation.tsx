"use client";

import {
  Cable,
  ChartSpline,
  Database,
  FileText,
  GitCommitVertical,
  HeartPulse,
  KeyRound,
  Layers,
  LayoutDashboard,
  type LucideIcon,
  Network,
  ScrollText,
  Server,
  ShieldAlert,
  ShieldCheck,
  Users,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { LeakMark } from "@/components/isolation/leak-mark";
import classes from "./navigation.module.css";
import { type ConsolePlace, placesOf } from "./places";
import { useUser } from "./user";

const icons: Record<ConsolePlace["href"], LucideIcon> = {
  "/": LayoutDashboard,
  "/tenants": Database,
  "/analytics": ChartSpline,
  "/bulk": Layers,
  "/reports": FileText,
  "/schema": GitCommitVertical,
  "/servers": Server,
  "/runtime": Cable,
  "/isolation": ShieldAlert,
  "/health": HeartPulse,
  "/users": Users,
  "/roles": ShieldCheck,
  "/keys": KeyRound,
  "/ip-rules": Network,
  "/audit": ScrollText,
};

/** The places of the console that this user may see. */
export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const { fleet, access } = placesOf(useUser());
  return (
    <nav aria-label="Console">
      <Places places={fleet} onNavigate={onNavigate} />
      {access.length > 0 && (
        <>
          <h2 id="access-places" className={classes.heading}>
            Access
          </h2>
          <Places places={access} onNavigate={onNavigate} labelledBy="access-places" />
        </>
      )}
    </nav>
  );
}

type PlacesProps = { places: readonly ConsolePlace[]; onNavigate: () => void; labelledBy?: string };

function Places({ places, onNavigate, labelledBy }: PlacesProps) {
  const path = usePathname();
  return (
    <ul className={classes.list} {...(labelledBy !== undefined && { "aria-labelledby": labelledBy })}>
      {places.map(({ href, label }) => {
        const Icon = icons[href];
        const here = href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
        return (
          <li key={href}>
            <Link href={href} className={classes.link} aria-current={here ? "page" : undefined} onClick={onNavigate}>
              <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
              {label}
              {href === "/isolation" && <LeakMark />}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
