"use client";

import { useState } from "react";
import { between, choose, chosenCount, everyMatch, isChosen, nothing, type Selection } from "./selection";

type Kept = { filter: string; selection: Selection; last: string | null };

/** What the list's rows and its action bar do with the selection. */
export type TenantChoice = ReturnType<typeof useSelection>;

/**
 * The chosen tenants of a list. They outlive paging and sorting and end when the filter changes, since "all that match"
 * would then mean something else than what was on screen.
 */
export function useSelection(filter: string, page: readonly string[], matching: number) {
  const [kept, setKept] = useState<Kept>({ filter, selection: nothing, last: null });
  const { selection, last } = kept.filter === filter ? kept : { selection: nothing, last: null };
  const set = (next: Selection, at: string | null = null) => setKept({ filter, selection: next, last: at });
  const onPage = page.filter((id) => isChosen(selection, id)).length;
  return {
    selection,
    size: chosenCount(selection, matching),
    /** Whether all, some or none of the page's tenants are chosen. */
    page: onPage === 0 ? ("none" as const) : onPage === page.length ? ("all" as const) : ("some" as const),
    onPage,
    has: (id: string) => isChosen(selection, id),
    /** One tenant; with `stretch`, all from the one before to it. */
    toggle: (id: string, on: boolean, stretch: boolean) =>
      set(choose(selection, stretch ? between(page, last, id) : [id], on), id),
    togglePage: (on: boolean) => set(choose(selection, page, on)),
    all: () => set(everyMatch),
    clear: () => set(nothing),
  };
}
