"use client";

import { FacetGroup } from "@/components/tenants/facet-group";
import { FilterMenu } from "@/components/tenants/filter-menu";
import { ServerFilter } from "@/components/tenants/server-filter";
import { TenantSearchField } from "@/components/tenants/tenant-search-field";
import { WordFilter } from "@/components/tenants/word-filter";
import { capital } from "@/components/ui/status-badge";
import { tenantStatuses } from "@/lib/tenants/shapes";
import { wholeFilter } from "./search-narrowing";
import classes from "./tenant-filter-bar.module.css";
import { useNarrowing } from "./use-analytics";

const statuses = tenantStatuses.map((value) => ({ value, label: capital(value), tenants: null }));

/** Narrows a page to some tenants; all of it stands in the address. `onChange` hears of it, such as to begin at page 1. */
export function TenantFilterBar({ onChange }: { onChange?: () => void }) {
  const [view, set] = useNarrowing();
  const change: typeof set = (part) => {
    set(part);
    onChange?.();
  };
  const known = (chosen: readonly string[]) => tenantStatuses.filter((status) => chosen.includes(status));
  return (
    <search className={classes.bar} aria-label="Narrow to some tenants">
      <TenantSearchField value={view.search} onChange={(search) => change({ search })} />
      <FilterMenu view={wholeFilter(view)} onChange={({ schema: _, ...part }) => change(part)}>
        <FacetGroup
          name="Status"
          facets={statuses}
          chosen={view.status}
          onChange={(status) => change({ status: known(status) })}
        />
      </FilterMenu>
      <WordFilter
        name="Status"
        words={view.status}
        shown={capital}
        onChange={(status) => change({ status: known(status) })}
      />
      {view.server !== null && <ServerFilter id={view.server} clear={() => change({ server: null })} />}
      <WordFilter name="Tag" words={view.tag} onChange={(tag) => change({ tag })} />
      <WordFilter name="Region" words={view.region} onChange={(region) => change({ region })} />
      <WordFilter name="Plan" words={view.plan} shown={capital} onChange={(plan) => change({ plan })} />
    </search>
  );
}
