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
import type { ConsolePlace } from "./places";

/** The sign of each place. */
export const placeIcons: Record<ConsolePlace["href"], LucideIcon> = {
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
