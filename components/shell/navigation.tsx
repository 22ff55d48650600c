"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { LeakMark } from "@/components/isolation/leak-mark";
import { Link } from "@/components/ui/link";
import classes from "./navigation.module.css";
import { placeIcons } from "./place-icons";
import { type ConsolePlace, placesOf } from "./places";
import { useUser } from "./user";

/** The places of the console that this user may see. */
export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const { fleet, access } = placesOf(useUser());
  const calm = useCalm();
  return (
    <nav aria-label="Console">
      <Places places={fleet} onNavigate={onNavigate} ahead={calm} />
      {access.length > 0 && (
        <>
          <h2 id="access-places" className={classes.heading}>
            Access
          </h2>
          <Places places={access} onNavigate={onNavigate} ahead={calm} labelledBy="access-places" />
        </>
      )}
    </nav>
  );
}

/** For how long the page that was opened has the network and the server to itself, in milliseconds. */
const ownTime = 3000;

/** Whether the page that was opened has had its time, so that others may be fetched ahead. */
function useCalm(): boolean {
  const [calm, setCalm] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setCalm(true), ownTime);
    return () => clearTimeout(timer);
  }, []);
  return calm;
}

type PlacesProps = {
  places: readonly ConsolePlace[];
  onNavigate: () => void;
  /** Whether the places' pages are fetched ahead. */
  ahead: boolean;
  labelledBy?: string;
};

function Places({ places, onNavigate, ahead, labelledBy }: PlacesProps) {
  const path = usePathname();
  return (
    <ul className={classes.list} {...(labelledBy !== undefined && { "aria-labelledby": labelledBy })}>
      {places.map(({ href, label }) => {
        const Icon = placeIcons[href];
        const here = href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
        return (
          <li key={href}>
            <Link
              href={href}
              className={classes.link}
              aria-current={here ? "page" : undefined}
              onClick={onNavigate}
              {...(ahead && { prefetch: null })}
            >
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
