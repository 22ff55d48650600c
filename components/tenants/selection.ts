/** Which tenants are chosen: those with these ids, or (`all`) everything that matches the filter but those. */
export type Selection = { all: boolean; ids: ReadonlySet<string> };

export const nothing: Selection = { all: false, ids: new Set() };

/** Everything that matches the filter, on whatever page. */
export const everyMatch: Selection = { all: true, ids: new Set() };

/** Whether a tenant is chosen. */
export function isChosen({ all, ids }: Selection, id: string): boolean {
  return ids.has(id) !== all;
}

/** The selection once some tenants are chosen, or no longer are. */
export function choose({ all, ids }: Selection, changed: readonly string[], on: boolean): Selection {
  const next = new Set(ids);
  for (const id of changed) {
    if (on !== all) next.add(id);
    else next.delete(id);
  }
  return { all, ids: next };
}

/** How many tenants are chosen, of those that match. */
export function chosenCount({ all, ids }: Selection, matching: number): number {
  return all ? Math.max(0, matching - ids.size) : ids.size;
}

/** The ids of a list from one to another, whichever comes first; the second alone where the first is not in it. */
export function between(list: readonly string[], from: string | null, to: string): string[] {
  const [a, b] = [from === null ? -1 : list.indexOf(from), list.indexOf(to)];
  return a < 0 || b < 0 ? [to] : list.slice(Math.min(a, b), Math.max(a, b) + 1);
}
