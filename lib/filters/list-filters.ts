import { operation } from "@/lib/gate/operation";
import { listFiltersContract } from "./contract";
import { filterView } from "./find-filter";

export const listFilters = operation(listFiltersContract, async ({ db }) => {
  const rows = await db.savedFilter.findMany({ orderBy: { name: "asc" } });
  return { filters: rows.map(filterView) };
});
