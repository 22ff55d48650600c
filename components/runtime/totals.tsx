import type { ReactNode } from "react";
import { count } from "@/components/ui/format";
import type { ProcessView } from "@/lib/processes/contract";
import { OpenBar } from "./open-bar";
import { milliseconds, percent, perSecond } from "./process-words";
import type { Rates } from "./rates";
import classes from "./runtime.module.css";

/** The running processes' figures, added up. */
export function Totals({ processes, rates }: { processes: readonly ProcessView[]; rates: Rates | undefined }) {
  const running = processes.filter(({ state }) => state === "running");
  const silent = processes.filter(({ state }) => state === "silent").length;
  const sum = (read: (process: ProcessView) => number) => running.reduce((total, process) => total + read(process), 0);
  const [open, idle, total] = [sum((one) => one.open), sum((one) => one.idle), sum((one) => one.limits.total)];
  return (
    <dl className={classes.totals} aria-label="All running processes">
      <Tile label="Processes" value={count(running.length)} note={silent > 0 ? `${count(silent)} silent` : "running"} />
      <Tile
        label="Connections"
        value={
          <>
            {count(open)} <small>of {count(total)}</small>
          </>
        }
        note={`${count(idle)} idle`}
      >
        <OpenBar open={open} idle={idle} total={total} />
      </Tile>
      <Tile label="Waiting now" value={count(sum((one) => one.waiting))} note="for a connection" />
      <Tile
        label="Loans"
        value={rates ? perSecond(rates.loans) : "…"}
        note={rates?.reused == null ? "connections lent" : `${percent(rates.reused)} reused`}
      />
      <Tile
        label="Waits"
        value={rates ? perSecond(rates.waits) : "…"}
        note={rates?.waitTime == null ? "over 10 s" : `${milliseconds(rates.waitTime)} on the mean`}
      />
      <Tile
        label="Timeouts"
        value={rates ? perSecond(rates.timeouts) : "…"}
        note={`${count(sum((one) => one.timeouts))} since they started`}
      />
    </dl>
  );
}

type TileProps = { label: string; value: ReactNode; note: string; children?: ReactNode };

function Tile({ label, value, note, children }: TileProps) {
  return (
    <div className={classes.tile}>
      <dt>{label}</dt>
      <dd className={classes.value}>{value}</dd>
      <dd className={classes.note}>
        {children}
        {note}
      </dd>
    </div>
  );
}
