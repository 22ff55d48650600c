"use client";

import { useQuery } from "@tanstack/react-query";
import { SearchX, ShieldCheck, X } from "lucide-react";
import { leaksQuery } from "@/client/isolation-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { TenantPages } from "@/components/tenants/tenant-pages";
import { FilterChips } from "@/components/ui/filter-chips";
import chips from "@/components/ui/filter-chips.module.css";
import { ListFrame } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import classes from "./isolation.module.css";
import { LeaksTable } from "./leaks-table";
import { leaksInput } from "./search-isolation";
import type { PartProps } from "./servers-panel";
import { isUnknown } from "./words";

type LeaksPanelProps = PartProps & { setPage: (page: number) => void };

/** What leaks, or did. */
export function LeaksPanel({ overview, view, change, setPage }: LeaksPanelProps) {
  const input = leaksInput(view);
  const query = useQuery(leaksQuery(input));
  const open = overview.servers.reduce((sum, { findings }) => sum + findings, 0);
  return (
    <Panel
      title="Leaks"
      note="Each from when it was first seen until it was gone"
      actions={<ExportMenu table="isolation-findings" what="Leaks" input={input} />}
      flush
    >
      <div className={classes.filters}>
        <FilterChips
          label="Filter by state"
          value={view.state}
          choices={[
            { value: "open", label: "Open", count: open },
            { value: "resolved", label: "Closed" },
            { value: "all", label: "All" },
          ]}
          onChange={(state) => change({ state })}
        />
        <Narrowed overview={overview} view={view} change={change} />
      </div>
      {query.error && <LoadError what="The leaks" error={query.error} retry={query.refetch} />}
      {query.data && (
        <ListFrame bare waiting={query.isPlaceholderData || query.isError}>
          {query.data.total === 0 ? (
            <Nothing overview={overview} view={view} />
          ) : (
            <LeaksTable leaks={query.data.findings} rules={overview.rules} />
          )}
          <TenantPages total={query.data.total} page={view.page} onChange={setPage} />
        </ListFrame>
      )}
    </Panel>
  );
}

/** What the list is narrowed to beside its state, each to be undone. */
function Narrowed({ overview: { servers, rules }, view, change }: LeaksPanelProps | PartProps) {
  const server = servers.find((one) => one.server.id === view.server)?.server.name ?? "an unknown server";
  const rule = rules.find(({ name }) => name === view.rule)?.words ?? "an unknown rule";
  const by = [
    ...(view.server === null ? [] : [{ key: "server", words: `On ${server}`, undo: { server: null } }]),
    ...(view.tenant === null ? [] : [{ key: "tenant", words: "Of one tenant", undo: { tenant: null } }]),
    ...(view.rule === null ? [] : [{ key: "rule", words: rule, undo: { rule: null } }]),
  ];
  return by.map(({ key, words, undo }) => (
    <button
      key={key}
      type="button"
      className={`${chips.chip} ${classes.narrowed}`}
      onClick={() => change(undo)}
      aria-label={`${words}: show all`}
    >
      <span>{words}</span>
      <X size={13} aria-hidden="true" />
    </button>
  ));
}

function Nothing({ overview: { servers }, view }: Pick<PartProps, "overview" | "view">) {
  const narrowed = view.server !== null || view.tenant !== null || view.rule !== null;
  if (view.state !== "open" || narrowed)
    return (
      <Message icon={SearchX} title="No leak">
        Nothing of this kind was found.
      </Message>
    );
  const unknown = servers.some(isUnknown);
  return (
    <Message icon={unknown ? SearchX : ShieldCheck} title={unknown ? "No leak is known" : "Nothing leaks"}>
      {unknown
        ? "But not every server could be asked: see above."
        : "On every server, only a tenant's own role gets to its database."}
    </Message>
  );
}
