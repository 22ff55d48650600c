"use client";

import { useMantineColorScheme } from "@mantine/core";
import { Monitor, Moon, Sun } from "lucide-react";
import { browserZone, chooseZone, chosenZone } from "@/client/zone";
import { isZoneMeant } from "@/components/analytics/zone-search";
import type { PaletteItem } from "./item";

const themes = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "auto", label: "As the system", icon: Monitor },
] as const;

/** The colour schemes. */
export function useThemeItems(): PaletteItem[] {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return themes.map(({ value, label, icon }) => ({
    ...{ id: `theme:${value}`, group: "Theme", label, icon, chosen: colorScheme === value },
    deed: { kind: "act", act: () => setColorScheme(value) },
  }));
}

const most = 60;

/** The zones that are meant by what was typed: the browser's own and UTC first. */
export function zoneItems(typed: string): PaletteItem[] {
  const own = browserZone();
  const chosen = chosenZone();
  const item = (zone: string | null, label: string, note?: string): PaletteItem => ({
    ...{ id: `zone:${zone}`, group: "Time zone", label, chosen: zone === chosen },
    ...(note !== undefined && { note }),
    deed: { kind: "act", act: () => chooseZone(zone) },
  });
  const named = [...new Set(["UTC", ...(chosen === null ? [] : [chosen]), ...Intl.supportedValuesOf("timeZone")])];
  return [
    ...(isZoneMeant(own, typed) || isZoneMeant("as the browser", typed) ? [item(null, "As the browser", own)] : []),
    ...named.filter((zone) => isZoneMeant(zone, typed)).map((zone) => item(zone, zone)),
  ].slice(0, most);
}
