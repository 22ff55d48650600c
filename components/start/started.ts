"use client";

import { useLocalStorage } from "@mantine/hooks";

/** What this browser remembers of somebody's first steps. */
type Started = { began: boolean; checked: boolean; closed: boolean };

const nothing: Started = { began: false, checked: false, closed: false };

/** How far the first steps are here, by user; undefined until the browser was asked. */
export function useStarted(user: string): [Started | undefined, (more: Partial<Started>) => void] {
  const [value, set] = useLocalStorage<Started | undefined>({ key: `tenantry.start.${user}`, deserialize });
  const known = typeof window === "undefined" ? undefined : (value ?? nothing);
  return [known, (more) => set((now) => ({ ...nothing, ...now, ...more }))];
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
