"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { processesQuery } from "@/client/runtime-queries";
import { useAllowedEverywhere } from "@/components/shell/user";
import layout from "@/components/ui/layout.module.css";
import { LoadError } from "@/components/ui/load-error";
import { PageHeader } from "@/components/ui/page-header";
import { NoProcess } from "./no-process";
import { PoolsPanel } from "./pools-panel";
import { ProcessesPanel } from "./processes-panel";
import { ratesOf, sumOf } from "./rates";
import { type RuntimeSearch, searchRuntime } from "./search-runtime";
import { Totals } from "./totals";
import { Troubles } from "./troubles";
import { useReadings } from "./use-readings";

/** The platform's own app processes: whether they run, how near their limits are, who waits, and who holds what. */
export function RuntimeScreen() {
  const [view, setView] = useQueryStates(searchRuntime);
  const change = (part: Partial<RuntimeSearch>) => void setView(part);
  return (
    <div className={layout.stack}>
      <PageHeader title="Runtime" note="App processes that reach tenants' databases, and the connections they keep" />
      {/* Processes serve all tenants: whoever reaches some of them sees only those tenants' part. */}
      {useAllowedEverywhere("metrics:read") ? (
        <WholeFleet view={view} change={change} />
      ) : (
        <PoolsPanel view={view} change={change} process={undefined} />
      )}
    </div>
  );
}

type Viewing = { view: RuntimeSearch; change: (part: Partial<RuntimeSearch>) => void };

function WholeFleet({ view, change }: Viewing) {
  const { data, error, refetch } = useQuery(processesQuery(view.ended));
  const readings = useReadings(data?.processes);
  if (!data) return error ? <LoadError what="The app processes" error={error} retry={refetch} /> : null;
  const { processes } = data;
  const running = processes.filter(({ state }) => state === "running");
  const rates = sumOf(running.flatMap(({ id }) => ratesOf(readings.get(id)) ?? []));
  if (processes.length === 0 && !view.ended) return <NoProcess />;
  return (
    <>
      {error && <LoadError what="The newest figures" error={error} retry={refetch} />}
      <Troubles processes={processes} rates={rates} />
      <Totals processes={processes} rates={rates} />
      <ProcessesPanel
        processes={processes}
        readings={readings}
        chosen={view.process}
        choose={(process) => change({ process })}
        ended={view.ended}
        showEnded={(ended) => change({ ended })}
      />
      <PoolsPanel view={view} change={change} process={processes.find(({ id }) => id === view.process)} />
    </>
  );
}
