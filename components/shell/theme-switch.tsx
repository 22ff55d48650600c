"use client";

import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";

const choices = [
  { value: "light", name: "Light", icon: <Sun size={14} aria-hidden="true" /> },
  { value: "dark", name: "Dark", icon: <Moon size={14} aria-hidden="true" /> },
  { value: "auto", name: "As the system", icon: <Monitor size={14} aria-hidden="true" /> },
] as const;

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const mounted = useMounted();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label="Colour scheme"
      value={mounted ? colorScheme : "auto"}
      onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}
      data={choices.map(({ value, name, icon }) => ({ value, label: <Choice name={name}>{icon}</Choice> }))}
    />
  );
}

function Choice({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span title={name} style={{ display: "grid", placeItems: "center", height: 18 }}>
      {children}
      <VisuallyHidden>{name}</VisuallyHidden>
    </span>
  );
}
