"use client";

import { useQuery } from "@tanstack/react-query";
import { tenantsQuery } from "@/client/queries";
import { type FilterSearch, filterInput, viewOf } from "@/components/tenants/search-tenants";
import { count } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { capital } from "@/components/ui/status-badge";
import classes from "./bulk.module.css";
import { tenantWords } from "./words";

/** Which tenants a new run is for: these, or all that match but some. */
export type Chosen = { tenants: string[] } | { filter: ReturnType<typeof filterInput>; except: string[] };

/** Says which tenants are meant, with their number as it is now. */
export function ChosenTenants({ chosen, view }: { chosen: Chosen; view: FilterSearch }) {
  const byFilter = "filter" in chosen;
  const { data } = useQuery({
    ...tenantsQuery({ ...(byFilter ? chosen.filter : {}), pageSize: 1 }),
    enabled: byFilter,
  });
  if (!byFilter) return <p className={classes.chosen}>{tenantWords(chosen.tenants.length)}, chosen one by one.</p>;
  const words = filterWords(view);
  const except = chosen.except.length;
  return (
    <p className={classes.chosen}>
      {data ? tenantWords(Math.max(0, data.total - except)) : "Tenants"}:{" "}
      {words.length === 0 ? "all within your reach" : `all that match ${words.join(", ")}`}
      {except > 0 && `, but ${count(except)}`}. <Link href={listPath(view)}>See them</Link>
    </p>
  );
}

/** A filter of the list in words, a part each. */
export function filterWords({ search, status, tag, region, plan, server, schema }: FilterSearch): string[] {
  const several = (name: string, list: readonly string[]) => (list.length > 0 ? [`${name} ${list.join(" or ")}`] : []);
  return [
    ...(search.trim() === "" ? [] : [`“${search.trim()}”`]),
    ...several("status", status),
    ...several("tag", tag),
    ...several("region", region),
    ...several("plan", plan.map(capital)),
    ...(server === null ? [] : ["one server"]),
    ...(schema === null ? [] : [`schema ${schema === "" ? "before the first migration" : schema}`]),
  ];
}

function listPath(view: FilterSearch): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(viewOf(filterInput(view)))) {
    if (Array.isArray(value) ? value.length > 0 : value !== null && value !== "") query.set(name, String(value));
  }
  return `/tenants${query.size > 0 ? `?${query}` : ""}`;
}
