import type { Collector, Found, PoolCounters } from "../collector";
import { Meter } from "../rules";

/** Seconds over which waits are averaged: processes report each two seconds, not with each wait. */
const windowSeconds = 6;

/** Seconds for which the last time waited stands while nobody waits; then it is unknown. */
const holdSeconds = 60;

/**
 * Connections that app processes hold to each tenant, waits for one per second, and how long a wait took. Unknown for
 * tenants of which no running process says anything.
 */
export const pools: Collector = () => {
  const movement = waitMeter();
  const lastWaited = new Map<string, number>();
  return (round) => {
    const [pooled, waits, waitTime]: [Found, Found, Found] = [new Map(), new Map(), new Map()];
    for (const { id } of round.targets) {
      const held = round.runtime.pools.get(id) ?? [];
      const open = held.reduce((sum, process) => sum + process.open, 0);
      pooled.set(id, held.length > 0 ? { value: open, source: "runtime_pools" } : null);
      const moved = movement.of(id, held, round.at);
      if (moved) waits.set(id, { value: moved.perSecond, source: "runtime_pools" });
      else if (held.length === 0) waits.set(id, null);
      if (moved && moved.count > 0) {
        lastWaited.set(id, round.at);
        waitTime.set(id, { value: moved.ms / moved.count, source: "runtime_pools" });
      } else if (round.at - (lastWaited.get(id) ?? Number.NEGATIVE_INFINITY) > holdSeconds) waitTime.set(id, null);
    }
    movement.forgetOthers();
    for (const [id, at] of lastWaited) if (round.at - at > holdSeconds) lastWaited.delete(id);
    return { values: { pooled, waits, waitTime } };
  };
};

/** Follows each process by itself: one that was cut off for a while comes back with all that it counted before. */
function waitMeter() {
  const counts = new Meter(windowSeconds);
  const times = new Meter(windowSeconds);
  const present = new Set<string | number>();
  return {
    of: (tenant: string, held: PoolCounters[], at: number) => {
      let sum: { perSecond: number; count: number; ms: number } | undefined;
      for (const { process, waits, waitMs } of held) {
        const key = `${process} ${tenant}`;
        present.add(key);
        const count = counts.move(key, { value: waits, at, epoch: "" });
        const time = times.move(key, { value: waitMs, at, epoch: "" });
        if (!count || !time) continue;
        sum ??= { perSecond: 0, count: 0, ms: 0 };
        sum.perSecond += count.by / count.seconds;
        sum.count += count.by;
        sum.ms += time.by;
      }
      return sum;
    },
    forgetOthers: () => {
      for (const meter of [counts, times]) meter.keep(present);
      present.clear();
    },
  };
}
