import type { Collector, Found } from "../collector";

/** Client sessions on each tenant's database. */
export const connections: Collector = () => (round) => {
  const counts = new Map<number, number>();
  for (const backend of round.backends) {
    if (backend.client) counts.set(backend.datid, (counts.get(backend.datid) ?? 0) + 1);
  }
  const found: Found = new Map(
    round.targets.map(({ id, datid }) => [id, { value: counts.get(datid) ?? 0, source: "pg_stat_activity" }]),
  );
  return { values: { connections: found } };
};
