import type { Collector, Found } from "../collector";
import { Meter } from "../rules";

/** Seconds over which requests are averaged: runtimes add to their counters now and then, not with each request. */
const windowSeconds = 6;

/** Seconds for which the last response time stands while no request comes; then it is unknown. */
const holdSeconds = 60;

/** Requests per second and their mean response time, from what the runtimes counted. */
export const requests: Collector = () => {
  const counts = new Meter(windowSeconds);
  const durations = new Meter(windowSeconds);
  const lastMoved = new Map<string, number>();
  return (round) => {
    const rate: Found = new Map();
    const latency: Found = new Map();
    for (const { id } of round.targets) {
      const counters = round.runtime.requests.get(id);
      if (!counters) continue;
      const count = counts.move(id, { value: counters.requests, at: round.at, epoch: "" });
      const duration = durations.move(id, { value: counters.durationMs, at: round.at, epoch: "" });
      if (count) rate.set(id, { value: count.by / count.seconds, source: "runtime" });
      if (count && duration && count.by > 0) {
        lastMoved.set(id, round.at);
        latency.set(id, { value: duration.by / count.by, source: "runtime" });
      } else if (round.at - (lastMoved.get(id) ?? Number.NEGATIVE_INFINITY) > holdSeconds) latency.set(id, null);
    }
    const present = round.runtime.requests as Map<string | number, unknown>;
    for (const meter of [counts, durations]) meter.keep(present);
    for (const id of lastMoved.keys()) if (!present.has(id)) lastMoved.delete(id);
    return { values: { requests: rate, latency } };
  };
};
