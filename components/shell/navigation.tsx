"use client";

import {
  Database,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Network,
  ScrollText,
  Server,
  ShieldCheck,
  Users,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { Permission } from "@/lib/kernel/permissions";
import classes from "./navigation.module.css";
import { useUser } from "./user";

type Place = { href: string; label: string; icon: LucideIcon; permission?: Permission };

const fleet: readonly Place[] = [
  { href: "/", label: "Overview", icon: LayoutDashboard },
  { href: "/tenants", label: "Tenants", icon: Database, permission: "tenants:read" },
  { href: "/servers", label: "Servers", icon: Server, permission: "servers:read" },
];

const access: readonly Place[] = [
  { href: "/users", label: "Users", icon: Users, permission: "users:read" },
  { href: "/roles", label: "Roles", icon: ShieldCheck, permission: "roles:read" },
  { href: "/keys", label: "API keys", icon: KeyRound, permission: "keys:read" },
  { href: "/ip-rules", label: "IP rules", icon: Network, permission: "addresses:read" },
  { href: "/audit", label: "Audit", icon: ScrollText, permission: "audit:read" },
];

/** The places of the console that this user may see. */
export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const { permissions, scope } = useUser();
  const may = ({ permission }: Place) => permission === undefined || permissions.includes(permission);
  const mine = scope.kind === "all" ? access.filter(may) : [];
  return (
    <nav aria-label="Console">
      <Places places={fleet.filter(may)} onNavigate={onNavigate} />
      {mine.length > 0 && (
        <>
          <h2 id="access-places" className={classes.heading}>
            Access
          </h2>
          <Places places={mine} onNavigate={onNavigate} labelledBy="access-places" />
        </>
      )}
    </nav>
  );
}

type PlacesProps = { places: readonly Place[]; onNavigate: () => void; labelledBy?: string };

function Places({ places, onNavigate, labelledBy }: PlacesProps) {
  const path = usePathname();
  return (
    <ul className={classes.list} {...(labelledBy !== undefined && { "aria-labelledby": labelledBy })}>
      {places.map(({ href, label, icon: Icon }) => {
        const here = href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
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
  );
}
