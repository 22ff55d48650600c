"use client";

import { createSerializer, parseAsArrayOf, parseAsBoolean, parseAsString } from "nuqs/server";
import { type FilterSearch, filterInput, searchFilter, viewOf } from "./search-tenants";
import type { Selection } from "./selection";

/** How many ids stand in an address; more are kept by the tab. */
const mostInAddress = 40;

/** What the page of a new run is given in its address. */
export const searchNewRun = {
  action: parseAsString,
  ...searchFilter,
  /** Everything that matches the filter. */
  all: parseAsBoolean.withDefault(false),
  /** The chosen tenants, or with `all` those left out. */
  ids: parseAsArrayOf(parseAsString).withDefault([]),
  /** The name under which this tab keeps them where there are too many. */
  kept: parseAsString,
};

const serialize = createSerializer(searchNewRun);

/** The address of the page that plans an action for a selection. */
export function newRunPath(action: string, { all, ids }: Selection, filter: FilterSearch): string {
  const kept = ids.size <= mostInAddress ? null : keep([...ids]);
  const narrowed = all ? viewOf(filterInput(filter)) : {};
  return serialize("/bulk/new", { action, all, ids: kept === null ? [...ids] : [], kept, ...narrowed });
}

/** The address of the page that sets one tenant's limits. */
export function setLimitsPath(tenant: string): string {
  return serialize("/bulk/new", { action: "set-limits", ids: [tenant] });
}

/** The ids that this tab keeps under a name; null where it does not know them (another tab, another person). */
export function keptIds(name: string): string[] | null {
  try {
    const found: unknown = JSON.parse(window.sessionStorage.getItem(`tenantry.selection.${name}`) ?? "null");
    return Array.isArray(found) ? found.map(String) : null;
  } catch {
    return null;
  }
}

/** Null where this browser keeps nothing: then all of them stand in the address. */
function keep(ids: string[]): string | null {
  const name = crypto.randomUUID();
  try {
    window.sessionStorage.setItem(`tenantry.selection.${name}`, JSON.stringify(ids));
    return name;
  } catch {
    return null;
  }
}
