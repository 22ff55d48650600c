/**
 * What this browser keeps over visits. Where it may keep nothing (the very access can throw) or has no room left, reading
 * finds nothing and writing does nothing: what is kept is never needed.
 */
export const browserStore: Pick<Storage, "getItem" | "setItem" | "removeItem"> = {
  getItem: (key) => tried(() => window.localStorage.getItem(key)) ?? null,
  setItem: (key, value) => void tried(() => window.localStorage.setItem(key, value)),
  removeItem: (key) => void tried(() => window.localStorage.removeItem(key)),
};

function tried<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
