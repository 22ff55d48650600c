"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";

/** Whether the dialog for a new tenant is open: `?new=1` in the address. */
export function useNewTenant(): { opened: boolean; open: () => void; close: () => void } {
  const [value, set] = useQueryState("new", parseAsStringLiteral(["1"]));
  return { opened: value === "1", open: () => void set("1"), close: () => void set(null) };
}
