/** What a pressed key asks for. */
export type Wish = { kind: "go"; key: string } | { kind: "search" } | { kind: "help" } | { kind: "new" };

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

const sequenceMs = 1500;

/** Reads shortcuts out of pressed keys: single ones, and those that begin with g. Remembers a g for a moment. */
export function shortcutReader(): (press: Press, at: number) => Wish | null {
  let begun = Number.NEGATIVE_INFINITY;
  return ({ key, ctrlKey, metaKey, altKey }, at) => {
    if (ctrlKey || metaKey || altKey) return null;
    const going = at - begun <= sequenceMs;
    begun = Number.NEGATIVE_INFINITY;
    if (going && /^[a-z]$/.test(key)) return { kind: "go", key };
    if (key === "g") {
      begun = at;
      return null;
    }
    return singles[key] ?? null;
  };
}

const singles: Readonly<Record<string, Wish>> = {
  "/": { kind: "search" },
  "?": { kind: "help" },
  n: { kind: "new" },
};

/** Whether what has the focus takes keys itself: there no shortcut is heard. */
export function takesKeys(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable) return true;
  return element.closest("input, textarea, select, [role=menu], [role=listbox], [role=combobox], [role=grid]") !== null;
}
