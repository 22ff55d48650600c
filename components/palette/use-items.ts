"use client";

import { useMantineColorScheme } from "@mantine/core";
import {
  BookOpen,
  ChartSpline,
  CircleUser,
  ClipboardCopy,
  Clock,
  FilePlus2,
  Keyboard,
  KeyRound,
  Layers,
  LogOut,
  Palette as PaletteIcon,
  Plus,
  UserPlus,
} from "lucide-react";
import { signOut } from "@/client/sign-out";
import { useViewerZone } from "@/client/viewer";
import { analyticsPagesOf } from "@/components/analytics/analytics-pages";
import { placeIcons } from "@/components/shell/place-icons";
import { placesOf } from "@/components/shell/places";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { useUser } from "@/components/shell/user";
import { useNewTenant } from "@/components/tenants/use-new-tenant";
import { sayDone, sayFailed } from "@/components/ui/toast";
import type { UserView } from "@/lib/accounts/contract";
import type { PaletteItem } from "./item";

/** Everything that is there before one types: what this user may do, and where this user may go. */
export function useItems(): PaletteItem[] {
  const user = useUser();
  return [...useDeeds(user), ...placeItems(user), ...useSettings()];
}

function useDeeds({ permissions, scope }: UserView): PaletteItem[] {
  const { open } = useNewTenant();
  const { enabled } = useShortcuts();
  const may = (name: UserView["permissions"][number]) => permissions.includes(name);
  const everywhere = scope.kind === "all";
  const deeds: (PaletteItem | false)[] = [
    may("tenants:create") && {
      ...{ id: "do:new-tenant", group: "Do", label: "New tenant…", icon: Plus, words: ["create add database adopt"] },
      ...(enabled && { keys: "n" }),
      deed: { kind: "act", act: open },
    },
    may("tenants:read") &&
      may("bulk:confirm") && {
        ...{ id: "do:bulk", group: "Do", label: "Choose tenants for a bulk run", icon: Layers },
        words: ["many suspend activate migrate action plan"],
        deed: { kind: "go", href: "/tenants" },
      },
    may("reports:read") && {
      ...{ id: "do:new-report", group: "Do", label: "New report…", icon: FilePlus2, words: ["create export pdf csv"] },
      deed: { kind: "go", href: "/reports?do=new-report" },
    },
    may("users:create") &&
      everywhere && {
        ...{ id: "do:invite", group: "Do", label: "Invite a user…", icon: UserPlus, words: ["add colleague"] },
        deed: { kind: "go", href: "/users?do=invite" },
      },
    may("keys:create") &&
      everywhere && {
        ...{ id: "do:new-key", group: "Do", label: "New API key…", icon: KeyRound, words: ["create token program"] },
        deed: { kind: "go", href: "/keys?do=new-key" },
      },
  ];
  return deeds.filter((deed) => deed !== false);
}

function placeItems(user: UserView): PaletteItem[] {
  const { fleet, access } = placesOf(user);
  return [
    ...[...fleet, ...access].map(
      ({ href, label, key }): PaletteItem => ({
        ...{
          id: `page:${href}`,
          group: "Go to",
          label,
          icon: placeIcons[href],
          keys: `g ${key}`,
          words: [href.slice(1)],
        },
        deed: { kind: "go", href },
      }),
    ),
    ...analyticsPagesOf(user)
      .filter(({ href }) => href !== "/analytics")
      .map(
        ({ href, label }): PaletteItem => ({
          ...{ id: `page:${href}`, group: "Go to", label, note: "Analytics", icon: ChartSpline },
          deed: { kind: "go", href },
        }),
      ),
    {
      ...{ id: "page:/account", group: "Go to", label: "Account", icon: CircleUser, keys: "g c" },
      words: ["password passkey second factor sessions profile"],
      deed: { kind: "go", href: "/account" },
    },
  ];
}

function useSettings(): PaletteItem[] {
  const { colorScheme } = useMantineColorScheme();
  const zone = useViewerZone();
  const { show } = useShortcuts();
  const group = "This console";
  return [
    {
      ...{
        id: "set:theme",
        group,
        label: "Theme…",
        icon: PaletteIcon,
        words: ["dark light system colour scheme mode"],
      },
      note: colorScheme === "auto" ? "As the system" : colorScheme === "dark" ? "Dark" : "Light",
      deed: { kind: "step", step: { name: "theme" } },
    },
    {
      ...{ id: "set:zone", group, label: "Time zone…", note: zone, icon: Clock, words: ["utc clock times"] },
      deed: { kind: "step", step: { name: "zone" } },
    },
    {
      ...{ id: "do:copy-address", group, label: "Copy the address of this page", icon: ClipboardCopy },
      words: ["link url share"],
      deed: { kind: "act", act: copyAddress },
    },
    {
      ...{ id: "do:shortcuts", group, label: "Keyboard shortcuts", icon: Keyboard, keys: "?", words: ["keys help"] },
      deed: { kind: "act", act: show },
    },
    {
      ...{ id: "do:reference", group, label: "API reference", icon: BookOpen, words: ["openapi rest docs swagger"] },
      deed: { kind: "leave", href: "/reference" },
    },
    {
      ...{ id: "do:sign-out", group, label: "Sign out", icon: LogOut, words: ["log out leave"] },
      deed: { kind: "act", act: () => void signOut() },
    },
  ];
}

function copyAddress(): void {
  navigator.clipboard.writeText(window.location.href).then(
    () => sayDone("The address of this page was copied."),
    () => sayFailed("The browser does not let the address be copied. It stands in its address bar."),
  );
}
