import type { Collector, Found } from "../collector";
import { Meter } from "../rules";

/** Seconds for which the last ratio stands while nothing is read; then it is unknown. */
const holdSeconds = 60;

/** Share of page reads answered by shared buffers, in percent, over what was read since the round before. */
export const cacheHit: Collector = () => {
  const hits = new Meter();
  const reads = new Meter();
  const lastMoved = new Map<number, number>();
  return (round) => {
    const found: Found = new Map();
    for (const { id, datid } of round.targets) {
      const counters = round.counters.get(datid);
      if (!counters) continue;
      const hit = hits.move(datid, { value: counters.hits, at: round.at, epoch: counters.epoch });
      const read = reads.move(datid, { value: counters.reads, at: round.at, epoch: counters.epoch });
      const pages = (hit?.by ?? 0) + (read?.by ?? 0);
      if (hit && read && pages > 0) {
        lastMoved.set(datid, round.at);
        found.set(id, { value: (hit.by / pages) * 100, source: "pg_stat_database" });
      } else if (round.at - (lastMoved.get(datid) ?? Number.NEGATIVE_INFINITY) > holdSeconds) found.set(id, null);
    }
    const present = round.counters as Map<string | number, unknown>;
    for (const meter of [hits, reads]) meter.keep(present);
    for (const datid of lastMoved.keys()) if (!present.has(datid)) lastMoved.delete(datid);
    return { values: { cacheHit: found } };
  };
};
