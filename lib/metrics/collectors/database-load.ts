import type { Findings, Found, Round } from "../collector";
import { HighWater, Meter } from "../rules";

/**
 * The load of a database whose processes can't be seen: seconds of statements running per second, in percent, so
 * that 100 is one session always at work. `active_time` only moves when a transaction ends, so statements still
 * running are added; and it may then move by more than the time that passed, so it is held to the sessions there are.
 */
export function databaseLoad(): (round: Round) => Findings {
  const meter = new Meter();
  const marks = new Map<string, { mark: HighWater; sum: number }>();
  return (round) => {
    const sessions = sessionsByDatabase(round);
    const found: Found = new Map();
    const seen = new Set<string>();
    for (const { id, datid } of round.targets) {
      const counters = round.counters.get(datid);
      if (!counters) continue;
      const key = `${datid} ${counters.epoch}`;
      seen.add(key);
      const { count, running } = sessions.get(datid) ?? { count: 0, running: 0 };
      const total = marks.get(key) ?? { mark: new HighWater(), sum: 0 };
      total.sum += total.mark.rise(counters.activeSeconds + running) ?? 0;
      marks.set(key, total);
      const moved = meter.move(key, { value: total.sum, at: round.at, epoch: counters.epoch });
      if (!moved) continue;
      const load = Math.min(moved.by / moved.seconds, Math.max(1, count));
      found.set(id, { value: load * 100, source: "active_time" });
    }
    for (const key of marks.keys()) if (!seen.has(key)) marks.delete(key);
    meter.keep({ has: (key) => seen.has(String(key)) });
    return { values: { cpu: found } };
  };
}

function sessionsByDatabase(round: Round): Map<number, { count: number; running: number }> {
  const sessions = new Map<number, { count: number; running: number }>();
  for (const backend of round.backends) {
    if (!backend.client) continue;
    const sum = sessions.get(backend.datid) ?? { count: 0, running: 0 };
    sessions.set(backend.datid, { count: sum.count + 1, running: sum.running + backend.runningFor });
  }
  return sessions;
}
