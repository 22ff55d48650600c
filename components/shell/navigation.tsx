"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { LeakMark } from "@/components/isolation/leak-mark";
import classes from "./navigation.module.css";
import { placeIcons } from "./place-icons";
import { type ConsolePlace, placesOf } from "./places";
import { useUser } from "./user";

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
        const Icon = placeIcons[href];
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
