"use client";

import { Alert, Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { ArrowUpToLine, SearchCheck } from "lucide-react";
import { useQueryStates } from "nuqs";
import { schemaQuery, tenantSchemasQuery } from "@/client/bulk-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { usePlannable } from "@/components/tenants/action-bar";
import { viewOf } from "@/components/tenants/search-tenants";
import { everyMatch } from "@/components/tenants/selection";
import { newRunPath } from "@/components/tenants/selection-path";
import { TenantPages } from "@/components/tenants/tenant-pages";
import { count } from "@/components/ui/format";
import layout from "@/components/ui/layout.module.css";
import { Link } from "@/components/ui/link";
import { ListFrame } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SearchField } from "@/components/ui/search-field";
import type { SchemaOverview } from "@/lib/drift/contract";
import { MigrationsPanel } from "./migrations-panel";
import { SchemaDrawer } from "./schema-drawer";
import { SchemaTable } from "./schema-table";
import { type SchemaSearch, schemaInput, searchSchema } from "./search-schema";
import { StateFilter } from "./state-filter";

/** The tenants' schema migrations: how many are at each, and which tenants are behind, failed or drifted. */
export function SchemaScreen() {
  const [view, setView] = useQueryStates(searchSchema);
  const { data, error, refetch } = useQuery(schemaQuery());
  if (!data) return error ? <LoadError what="The migrations" error={error} retry={refetch} /> : null;
  const change = (part: Partial<SchemaSearch>) => void setView({ page: 1, ...part });
  return (
    <div className={layout.stack}>
      <PageHeader title="Schema" note={`Migrations of the tenants' databases, from ${data.folder}`}>
        <SchemaActions overview={data} />
      </PageHeader>
      {data.problem !== null && (
        <Alert color="red" variant="light" title="The migrations can't be used as they are" role="alert">
          {data.problem}
        </Alert>
      )}
      <MigrationsPanel overview={data} chosen={view.version} choose={(version) => change({ version })} />
      <TenantSchemas overview={data} view={view} change={change} setPage={(page) => void setView({ page })} />
      <SchemaDrawer />
    </div>
  );
}

/** The two runs that one would start here, each over all tenants: its plan leaves out those that need nothing. */
function SchemaActions({ overview }: { overview: SchemaOverview }) {
  const plannable = usePlannable();
  const path = (action: string) =>
    plannable.some(({ name }) => name === action) ? newRunPath(action, everyMatch, viewOf({})) : null;
  const [check, migrate] = [path("check-schema"), path("migrate")];
  const { behind } = overview.counts;
  return (
    <>
      {check !== null && (
        <Button
          component={Link}
          href={check}
          variant="default"
          size="xs"
          leftSection={<SearchCheck size={14} aria-hidden="true" />}
        >
          Check again…
        </Button>
      )}
      {migrate !== null && behind > 0 && (
        <Button component={Link} href={migrate} size="xs" leftSection={<ArrowUpToLine size={14} aria-hidden="true" />}>
          {behind === 1 ? "Migrate the one that is behind…" : `Migrate the ${count(behind)} that are behind…`}
        </Button>
      )}
    </>
  );
}

type TenantSchemasProps = {
  overview: SchemaOverview;
  view: SchemaSearch;
  change: (part: Partial<SchemaSearch>) => void;
  setPage: (page: number) => void;
};

function TenantSchemas({ overview, view, change, setPage }: TenantSchemasProps) {
  const [search] = useDebouncedValue(view.search, 250);
  const input = schemaInput({ ...view, search });
  const query = useQuery(tenantSchemasQuery(input));
  return (
    <Panel
      title="Tenants"
      actions={
        <>
          <SearchField
            label="Search tenants"
            placeholder="Name or slug"
            value={view.search}
            onChange={(text) => change({ search: text })}
          />
          <ExportMenu table="tenant-schemas" what="Schemas of tenants" input={input} />
        </>
      }
      flush
    >
      <StateFilter overview={overview} view={view} change={change} />
      {query.error && <LoadError what="The tenants" error={query.error} retry={query.refetch} />}
      {query.data && (
        <ListFrame bare waiting={query.isPlaceholderData || query.isError}>
          <SchemaTable
            tenants={query.data.tenants}
            latest={overview.latest}
            empty={query.data.total === 0 && !query.isPlaceholderData && search === view.search && !isNarrowed(view)}
            widen={() => change({ state: [], version: null, search: "" })}
          />
          <TenantPages total={query.data.total} page={view.page} onChange={setPage} />
        </ListFrame>
      )}
    </Panel>
  );
}

function isNarrowed({ state, version, search }: SchemaSearch): boolean {
  return state.length > 0 || version !== null || search !== "";
}
