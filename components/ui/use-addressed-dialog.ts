"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";

/** Whether one of a page's dialogs is open: `?do=<name>` in the address, so that a link or the palette can open it. */
export function useAddressedDialog(name: string): { opened: boolean; open: () => void; close: () => void } {
  const [value, set] = useQueryState("do", parseAsStringLiteral([name]));
  return { opened: value === name, open: () => void set(name), close: () => void set(null) };
}
