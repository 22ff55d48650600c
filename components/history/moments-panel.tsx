"use client";

import { typeWords } from "@/components/activities/type-groups";
import { useZone } from "@/components/analytics/zone";
import { useHoverGroup } from "@/components/charts/hover-group";
import { timeInZone } from "@/components/charts/zone-clock";
import { Panel } from "@/components/ui/panel";
import type { TenantHistory } from "@/lib/analytics/shapes";
import classes from "./history.module.css";
import { anomalyWords } from "./history-lines";

type MomentsPanelProps = Pick<TenantHistory, "annotations" | "anomalies"> & { seesActivities: boolean };

/** What happened and what was out of the ordinary, newest first; each is shown on every chart while it is chosen. */
export function MomentsPanel({ annotations, anomalies, seesActivities }: MomentsPanelProps) {
  const zone = useZone();
  const group = useHoverGroup();
  const moments = [
    ...annotations.map(({ at, type, description, actor }) => ({
      at,
      kind: typeWords(type),
      words: description,
      by: actor,
    })),
    ...anomalies.map((anomaly) => ({
      at: anomaly.from,
      kind: "Anomaly",
      words: anomalyWords(anomaly),
      by: until(anomaly, zone),
    })),
  ].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return (
    <Panel title="What happened" note="drawn on every chart" flush>
      {moments.length === 0 ? (
        <p className={classes.none}>
          {seesActivities
            ? "Nothing happened to this tenant in this period, and nothing was out of the ordinary."
            : "Nothing was out of the ordinary in this period. What happened is not shown: your role may not see activities."}
        </p>
      ) : (
        <ul className={classes.moments}>
          {moments.map(({ at, kind, words, by }) => (
            <li key={`${at} ${kind} ${words}`}>
              <button
                type="button"
                className={classes.moment}
                onFocus={() => group.set(Date.parse(at))}
                onMouseEnter={() => group.set(Date.parse(at))}
                onMouseLeave={() => group.set(null)}
                onBlur={() => group.set(null)}
              >
                <time dateTime={at}>{timeInZone(Date.parse(at), zone, 60_000)}</time>
                <span className={classes.kind}>{kind}</span>
                <span className={classes.words}>{words}</span>
                <span className={classes.by}>{by}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function until({ to }: TenantHistory["anomalies"][number], zone: string): string {
  return to === null ? "goes on" : `until ${timeInZone(Date.parse(to), zone, 60_000)}`;
}
