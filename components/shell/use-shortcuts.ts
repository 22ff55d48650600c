"use client";

import { createContext, use } from "react";

type Shortcuts = {
  /** Whether single keys do something; everybody can switch them off. */
  enabled: boolean;
  setEnabled: (enabled: boolean) => void;
  /** Shows the list of shortcuts. */
  show: () => void;
};

/** Where the frame hands the shortcuts to what shows or switches them. */
export const ShortcutsContext = createContext<Shortcuts>({
  enabled: true,
  setEnabled: () => undefined,
  show: () => undefined,
});

/** The shortcuts of the keyboard, and whether they are on. */
export function useShortcuts(): Shortcuts {
  return use(ShortcutsContext);
}
