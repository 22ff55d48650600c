import type { ReactNode } from "react";
import { count, inWords, showMetric } from "@/components/ui/format";
import { plural } from "@/components/ui/plural";
import type { analyticsGrowthContract } from "@/lib/analytics/contract";
import type { Points } from "@/lib/history/shapes";
import type { OutputOf } from "@/lib/kernel/contract";
import { Change, Value } from "./change";
import classes from "./fleet-tiles.module.css";

const dayMs = 86_400_000;
/** Days from which on a rate of a day is told: the last step of a day's has its figure at its begin. */
const aboutADay = 0.9;

/** The fleet's size at the end of the period, and how it came to be. */
export function GrowthTiles({ growth: { tenants, storage } }: { growth: OutputOf<typeof analyticsGrowthContract> }) {
  const sum = (of: "created" | "deleted") => tenants.reduce((all, step) => all + step[of], 0);
  const [made, gone] = [sum("created"), sum("deleted")];
  const [first, last] = [known(storage).at(0), known(storage).at(-1)];
  return (
    <dl className={classes.strip} data-tiles={4}>
      <Tile label="Tenants" note="at the end of the period">
        {count(tenants.at(-1)?.total ?? 0)}
      </Tile>
      <Tile
        label="Made and deleted"
        note={made === gone ? "as many as before" : `${made > gone ? "+" : "−"}${count(Math.abs(made - gone))} in all`}
      >
        {made + gone === 0 ? "None" : `+${count(made)} / −${count(gone)}`}
      </Tile>
      <Tile
        label="Storage"
        note={<Change metric="storage" now={last?.[1]} before={first === last ? null : first?.[1]} />}
      >
        <Value metric="storage" value={last?.[1]} />
      </Tile>
      <StorageAdded first={first} last={last} />
    </dl>
  );
}

type Known = [at: number, mebibytes: number] | undefined;

// What was added within hours says nothing of a day: a fleet that is young has just been filled.
function StorageAdded({ first, last }: { first: Known; last: Known }) {
  if (!first || !last || first === last) {
    return (
      <Tile label="Storage added" note="takes two figures">
        <Value metric="storage" value={null} />
      </Tile>
    );
  }
  const days = (last[0] - first[0]) / dayMs;
  const added = last[1] - first[1];
  if (days >= aboutADay) {
    return (
      <Tile label="Storage added a day" note="first figure to last">
        {signed(added / days)}
      </Tile>
    );
  }
  return (
    <Tile label="Storage added" note={`within ${plural(Math.max(1, Math.round(days * 24)), "hour")}`}>
      {signed(added)}
    </Tile>
  );
}

function Tile({ label, note, children }: { label: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.tile}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{children}</dd>
      <dd className={classes.note}>{note}</dd>
    </div>
  );
}

function known(points: Points): [number, number][] {
  return points.filter((point): point is [number, number] => point[1] !== null);
}

/** An amount of storage that was added, or that went. */
export function signed(mebibytes: number): string {
  const sign = mebibytes > 0 ? "+" : mebibytes < 0 ? "−" : "±";
  return sign + inWords(showMetric("storage", Math.abs(mebibytes)));
}
