"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import { useQueryStates } from "nuqs";
import { compareQuery } from "@/client/tenant-history-queries";
import answer from "@/components/analytics/answer.module.css";
import { PeriodBar } from "@/components/analytics/period-bar";
import { SpanNote } from "@/components/analytics/span-note";
import { useBrowserZone } from "@/components/analytics/zone";
import { ExportMenu } from "@/components/reports/export-menu";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import classes from "./compare.module.css";
import { CompareChart, type Compared } from "./compare-chart";
import { CompareControls } from "./compare-controls";
import { CompareTable } from "./compare-table";
import { type CompareSearch, chosenTenants, compareInput, searchCompare } from "./search-compare";
import { TenantChooser } from "./tenant-chooser";

/** Two to eight tenants on one chart; the whole view stands in the address. */
export function CompareScreen() {
  const [view, set] = useQueryStates(searchCompare);
  const chosen = chosenTenants(view);
  const input = compareInput(view, useBrowserZone());
  const query = useQuery(compareQuery(input));
  const change = (part: Partial<CompareSearch>) => void set(part, { history: "push" });
  const shown = chosen.length > 1 ? query.data : undefined;
  return (
    <>
      <PageHeader
        title="Compare tenants"
        note={chosen.length > 1 ? <SpanNote span={shown?.span} /> : "Two to eight tenants on one chart"}
      >
        {chosen.length > 1 && <ExportMenu table="compare" what="Compared tenants" input={input} />}
        <PeriodBar />
      </PageHeader>
      <div className={classes.bar}>
        <TenantChooser chosen={chosen} choose={(tenant) => change({ tenant })} />
        <CompareControls view={view} change={change} />
      </div>
      {chosen.length < 2 ? (
        <Message icon={GitCompareArrows} title={chosen.length === 0 ? "Choose tenants to compare" : "Choose one more"}>
          Add at least two tenants above. The address keeps what you choose, so that you can share it.
        </Message>
      ) : (
        <Answer query={query} />
      )}
    </>
  );
}

function Answer({ query }: { query: ReturnType<typeof useQuery<Compared>> }) {
  const [, set] = useQueryStates(searchCompare);
  const { data, error, refetch, isPlaceholderData } = query;
  if (error && !data) return <LoadError what="The comparison" error={error} retry={refetch} />;
  if (!data) return <Skeleton height={460} radius="lg" />;
  const period = (from: string | null, to: string | null) => void set({ from, to }, { history: "push" });
  return (
    <div className={answer.answer} data-waiting={isPlaceholderData || undefined} aria-busy={isPlaceholderData}>
      {error && <LoadError what="The newest comparison" error={error} retry={refetch} />}
      <CompareChart
        compared={data}
        zoom={(from, to) => period(new Date(from).toISOString(), new Date(to).toISOString())}
        reset={() => period(null, null)}
      />
      <CompareTable compared={data} />
    </div>
  );
}
