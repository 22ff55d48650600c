"use client";

import { readLocalStorageValue, useLocalStorage } from "@mantine/hooks";

/** What this browser remembers of somebody's first steps. */
type Started = { began: boolean; checked: boolean; closed: boolean };

const nothing: Started = { began: false, checked: false, closed: false };

/** How far the first steps are here, by user; undefined until the browser was asked. */
export function useStarted(user: string): [Started | undefined, (more: Partial<Started>) => void] {
  const stored = { key: `tenantry.start.${user}`, deserialize };
  const [value, set] = useLocalStorage<Started | undefined>(stored);
  const known = typeof window === "undefined" ? undefined : (value ?? nothing);
  // Never by a function of what was before: Mantine tells of it inside of it, and React calls it again whenever a more
  // urgent change overtakes it, which is a change again, without end.
  const note = (more: Partial<Started>) =>
    set({ ...nothing, ...readLocalStorageValue<Started | undefined>(stored), ...more });
  return [known, note];
}

/** Whatever else stands there counts as nothing. */
function deserialize(text: string | undefined): Started | undefined {
  try {
    const found = JSON.parse(text ?? "") as Partial<Started> | null;
    return { ...nothing, ...found };
  } catch {
    return undefined;
  }
}
