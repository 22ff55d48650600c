"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useLive } from "@/client/live";
import { tenantsQuery } from "@/client/queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { useUser } from "@/components/shell/user";
import { count } from "@/components/ui/format";
import { Toolbar } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { PageHeader } from "@/components/ui/page-header";
import { capital } from "@/components/ui/status-badge";
import { scopeWords } from "@/lib/kernel/scope";
import { ActionBar, SelectAllMatching, usePlannable } from "./action-bar";
import { FilterMenu } from "./filter-menu";
import { NewTenantButton } from "./new-tenant-button";
import { NoMatch, NoTenants } from "./no-tenants";
import { SavedFilters } from "./saved-filters";
import { filterInput, isFiltered, listInput, searchTenants, type TenantSearch, viewOf } from "./search-tenants";
import { ServerFilter } from "./server-filter";
import { StatusFilter } from "./status-filter";
import { TenantCards } from "./tenant-cards";
import { TenantPages } from "./tenant-pages";
import { TenantSearchField } from "./tenant-search-field";
import { TenantTable } from "./tenant-table";
import classes from "./tenants.module.css";
import { useNarrow } from "./use-narrow";
import { useSelection } from "./use-selection";
import { WordFilter } from "./word-filter";

const unfiltered = JSON.stringify(filterInput(viewOf({})));

/** All tenants, searched, filtered and sorted by the server, with figures that move. */
export function TenantsScreen() {
  useLive("fleet", "tenants");
  const { scope } = useUser();
  const [view, setView] = useQueryStates(searchTenants);
  const [search] = useDebouncedValue(view.search, 250);
  const query = useQuery(tenantsQuery(listInput({ ...view, search })));
  const actions = usePlannable();
  const filter = JSON.stringify(filterInput({ ...view, search }));
  const choice = useSelection(filter, query.data?.tenants.map(({ id }) => id) ?? [], query.data?.total ?? 0);
  const change = (part: Partial<TenantSearch>) => void setView({ page: 1, ...part });
  // Its styles show the one for which there is room, and until that is measured both stand there.
  const { ref, narrow } = useNarrow(640);
  const { data } = query;
  if (!data) {
    return query.error ? <LoadError what="The tenants" error={query.error} retry={query.refetch} /> : null;
  }
  const offered = actions.length > 0 ? choice : null;
  const all = Object.values(data.counts).reduce((sum, each) => sum + each, 0);
  return (
    <>
      <PageHeader
        title="Tenants"
        note={
          scope.kind === "all" ? `${count(all)} in the fleet` : `${count(all)} within your reach: ${scopeWords(scope)}`
        }
      >
        {all > 0 && <ExportMenu table="tenants" what="Tenants" input={filterInput({ ...view, search })} />}
        <NewTenantButton />
      </PageHeader>
      {all === 0 ? (
        <NoTenants />
      ) : (
        <>
          <Toolbar>
            <TenantSearchField value={view.search} onChange={(text) => change({ search: text })} />
            <FilterMenu view={view} onChange={change} />
            <StatusFilter
              counts={data.counts}
              all={all}
              chosen={view.status}
              onChange={(status) => change({ status })}
            />
            {view.server !== null && <ServerFilter id={view.server} clear={() => change({ server: null })} />}
            <WordFilter name="Tag" words={view.tag} onChange={(tag) => change({ tag })} />
            <WordFilter name="Region" words={view.region} onChange={(region) => change({ region })} />
            <WordFilter name="Plan" words={view.plan} shown={capital} onChange={(plan) => change({ plan })} />
            {view.schema !== null && (
              <WordFilter name="Schema" words={[view.schema]} onChange={() => change({ schema: null })} />
            )}
            <SavedFilters filter={view} narrowed={filter !== unfiltered} choose={change} />
          </Toolbar>
          {query.error && <LoadError what="The newest list" error={query.error} retry={query.refetch} />}
          <div
            ref={ref}
            className={classes.list}
            data-measured={narrow !== null || undefined}
            data-waiting={query.isPlaceholderData || undefined}
            aria-busy={query.isPlaceholderData}
          >
            {data.total === 0 ? (
              <NoMatch filtered={isFiltered(view)} clear={() => change(viewOf({}))} />
            ) : (
              <>
                <SelectAllMatching choice={choice} matching={data.total} />
                {narrow !== true && (
                  <TenantTable tenants={data.tenants} view={view} onChange={change} choice={offered} />
                )}
                {narrow !== false && (
                  <TenantCards tenants={data.tenants} view={view} onChange={change} choice={offered} />
                )}
              </>
            )}
            <TenantPages total={data.total} page={view.page} onChange={(page) => change({ page })} />
          </div>
          {offered && (
            <ActionBar choice={choice} actions={actions} filter={{ ...view, search }} matching={data.total} />
          )}
        </>
      )}
    </>
  );
}
