"use client";

import { useQuery } from "@tanstack/react-query";
import { anomaliesQuery } from "@/client/forecast-queries";
import { useNow } from "@/client/now";
import { tenantSeriesQuery } from "@/client/queries";
import { useViewerZone } from "@/client/viewer";
import { historyPath } from "@/components/anomalies/words";
import { Callout } from "@/components/ui/callout";
import { inWords, showMetric } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { exactDateTime, exactTime } from "@/components/ui/time";
import { risenSince } from "./risen";
import classes from "./statements.module.css";

/** From this share of one core on, in percent, a rise is worth somebody's eyes. */
const least = 25;

/** Says since when a tenant's CPU is well above what it was, with the way to its statements and its history. */
export function RiseNote({ tenant }: { tenant: string }) {
  const zone = useViewerZone();
  const now = useNow(60_000);
  const { data } = useQuery(tenantSeriesQuery(tenant, "1h"));
  const { data: known } = useQuery(anomaliesQuery({ tenant, metric: ["cpu"], range: "7d" }));
  const rise = risenSince(data?.series.cpu ?? [], least);
  const anomaly = known?.anomalies.find(({ to, direction }) => to === null && direction === "high");
  if (now === null || (!rise && !anomaly)) return null;
  const cpu = (value: number) => inWords(showMetric("cpu", value));
  const from = rise ? new Date(rise.since).toISOString() : (anomaly?.from ?? "");
  const history = anomaly ? historyPath(anomaly, now) : `/tenants/${tenant}/history?range=1h&metric=cpu`;
  return (
    <Callout tone="warn" role="status">
      CPU is{" "}
      {rise
        ? `at ${cpu(rise.now)} of one core, where it was ${cpu(rise.before)},`
        : "above what is usual for that hour"}{" "}
      since{" "}
      <time dateTime={from} title={exactDateTime(from, zone)} className="tabular">
        {rise ? exactTime(from, zone) : exactDateTime(from, zone)}
      </time>
      .{" "}
      <span className={classes.ways}>
        <a href="#statements">Its statements</a> <Link href={history}>Its history</Link>
      </span>
    </Callout>
  );
}
