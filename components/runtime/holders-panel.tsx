"use client";

import { useQuery } from "@tanstack/react-query";
import { holdersQuery } from "@/client/runtime-queries";
import { count } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { HolderView } from "@/lib/processes/contract";
import classes from "./holders-panel.module.css";
import { OpenBar } from "./open-bar";
import { milliseconds, nameOf } from "./process-words";

/** Which app processes keep connections to a tenant, and whether requests wait; nothing where none is known. */
export function HoldersPanel({ tenant }: { tenant: string }) {
  const { data } = useQuery(holdersQuery(tenant));
  if (!data || data.holders.length === 0) return null;
  return (
    <Panel title="Connections of the app">
      <ul className={classes.holders}>
        {data.holders.map((holder) => (
          <Holder key={holder.process.id} holder={holder} />
        ))}
      </ul>
    </Panel>
  );
}

function Holder({ holder }: { holder: HolderView }) {
  const { process, perTenant, open, idle, waiting, waits, waitMs, timeouts } = holder;
  const silent = process.state === "silent";
  return (
    <li data-faded={silent || undefined}>
      <span className={classes.holder} title={nameOf(process)}>
        <bdi>{process.app}</bdi> <small>{`${process.host} · pid ${process.pid}`}</small>
      </span>
      <span className={classes.figures}>{`${count(open)} of ${count(perTenant)}, ${count(idle)} idle`}</span>
      <span className={classes.bar}>
        <OpenBar open={open} idle={idle} total={perTenant} />
      </span>
      <span className={classes.waits}>
        {silent ? (
          <span data-bad>
            Silent, last heard <RelativeTime at={process.seenAt} />
          </span>
        ) : (
          <>
            <span data-bad={waiting > 0 || undefined}>
              {waiting === 0 ? "nobody waits" : `${count(waiting)} waiting now`}
            </span>
            {waits > 0 && <span>{`${count(waits)} waited, ${milliseconds(waitMs / waits)} on the mean`}</span>}
            {timeouts > 0 && <span data-bad>{`${count(timeouts)} gave up`}</span>}
          </>
        )}
      </span>
    </li>
  );
}
