import type { Collector, Found } from "../collector";
import { Meter } from "../rules";

/** Transactions per second: commits and rollbacks. */
export const transactions: Collector = () => {
  const meter = new Meter();
  return (round) => {
    const found: Found = new Map();
    for (const { id, datid } of round.targets) {
      const counters = round.counters.get(datid);
      if (!counters) continue;
      const moved = meter.move(datid, { value: counters.transactions, at: round.at, epoch: counters.epoch });
      if (moved) found.set(id, { value: moved.by / moved.seconds, source: "pg_stat_database" });
    }
    meter.keep(round.counters as Map<string | number, unknown>);
    return { values: { transactions: found } };
  };
};
