"use client";

import { useQuery } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import { useQueryStates } from "nuqs";
import { tenantHistoryQuery } from "@/client/tenant-history-queries";
import { PeriodBar } from "@/components/analytics/period-bar";
import { periodWords } from "@/components/analytics/search-period";
import { useBrowserZone } from "@/components/analytics/zone";
import { SharedHover } from "@/components/charts/hover-group";
import { useAllowed } from "@/components/shell/user";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import type { TenantHistory } from "@/lib/analytics/shapes";
import { metrics } from "@/lib/kernel/metrics";
import classes from "./history.module.css";
import { HistoryCharts } from "./history-charts";
import { HistoryHeader } from "./history-header";
import { measured } from "./history-lines";
import { HistoryTotals } from "./history-totals";
import { LayerChips } from "./layer-chips";
import { MomentsPanel } from "./moments-panel";
import { historyInput, kindOf, type Layer, searchHistory } from "./search-history";

/** One tenant's past: every metric over a long time, what happened meanwhile, and what was out of the ordinary. */
export function HistoryScreen({ id }: { id: string }) {
  const [view] = useQueryStates(searchHistory);
  const { data, error, refetch, isPlaceholderData } = useQuery(
    tenantHistoryQuery(historyInput(id, view, useBrowserZone())),
  );
  if (!data) {
    if (!error) return null;
    return (
      <div className={classes.stack}>
        <PeriodBar />
        <LoadError what="The history" error={error} retry={refetch} />
      </div>
    );
  }
  return (
    <div className={classes.stack}>
      <HistoryHeader tenant={data.tenant} span={data.span} />
      {error && <LoadError what="The newest history" error={error} retry={refetch} />}
      <div className={classes.answer} aria-busy={isPlaceholderData} data-waiting={isPlaceholderData || undefined}>
        <Shown history={data} />
      </div>
    </div>
  );
}

function Shown({ history }: { history: TenantHistory }) {
  const [view, set] = useQueryStates(searchHistory);
  const seesActivities = useAllowed("activities:read");
  const { known, unknown } = measured(history);
  const { hide } = view;
  const toggle = (layer: Layer) =>
    void set({ hide: hide.includes(layer) ? hide.filter((one) => one !== layer) : [...hide, layer] });
  const annotations = history.annotations.filter(({ type }) => !hide.includes(kindOf(type)));
  const anomalies = hide.includes("anomalies") ? [] : history.anomalies;
  if (known.length === 0) return <Nothing begun={history.span.asOf !== null} />;
  return (
    <SharedHover>
      <LayerChips history={history} hidden={hide} toggle={toggle} seesActivities={seesActivities} />
      <HistoryCharts history={{ ...history, annotations, anomalies }} known={known} hidden={hide} />
      <HistoryTotals totals={history.totals} note={periodWords(view).before} />
      <MomentsPanel annotations={annotations} anomalies={anomalies} seesActivities={seesActivities} />
      {unknown.length > 0 && (
        <p className={classes.unknown}>
          Not measured in this period: {unknown.map((metric) => metrics[metric].label).join(", ")}.
        </p>
      )}
    </SharedHover>
  );
}

function Nothing({ begun }: { begun: boolean }) {
  return (
    <Message icon={Hourglass} title={begun ? "Nothing was measured in this period" : "History has not begun yet"}>
      {begun
        ? "The tenant may be younger, its server may not have answered then, or figures this old are no longer kept. Choose another period."
        : "History begins with the first full minute after the tenant is measured. Nothing has to be switched on."}
    </Message>
  );
}
