import { parseAsArrayOf, parseAsStringLiteral } from "nuqs/server";
import { type TypeGroup, typeGroupNames, typesOf } from "@/components/activities/type-groups";
import { type PeriodSearch, periodInput, searchPeriod } from "@/components/analytics/search-period";

const layers = [...typeGroupNames, "usual", "range", "anomalies"] as const;

/** What can be drawn over or behind the lines, or left out. */
export type Layer = (typeof layers)[number];

/** The view of a tenant's history as it stands in the address: the period, and what is left out. */
export const searchHistory = { ...searchPeriod, hide: parseAsArrayOf(parseAsStringLiteral(layers)).withDefault([]) };

/** The view as the operation's input. Steps as fine as charts of half a screen can show. */
export function historyInput(id: string, view: PeriodSearch, zone: string) {
  return { id, ...periodInput(view, zone), width: 400 };
}

/** The kind of an activity's type; what is of no group is "other". */
export function kindOf(type: string): TypeGroup {
  return typeGroupNames.find((group) => typesOf(group).includes(type)) ?? "other";
}
