/** What a unit measures. Durations become milliseconds, sizes MiB; rates, counts and percents stay as they are. */
export type Family = "duration" | "bytes" | "perSecond" | "count" | "percent";

const mebibyte = 1024 * 1024;

/** UCUM's units, as OpenTelemetry writes them, to the factor that makes ours of them. */
const factors: Record<Family, Record<string, number>> = {
  duration: { s: 1000, ms: 1, us: 1e-3, ns: 1e-6, min: 60_000, h: 3_600_000 },
  bytes: {
    ...{ By: 1 / mebibyte, kBy: 1e3 / mebibyte, MBy: 1e6 / mebibyte, GBy: 1e9 / mebibyte },
    ...{ KiBy: 1024 / mebibyte, MiBy: 1, GiBy: 1024 },
  },
  perSecond: { "1/s": 1, "/s": 1, Hz: 1, "1/min": 1 / 60, "/min": 1 / 60 },
  count: { "1": 1 },
  percent: { "%": 1 },
};

/** The factor that makes our unit of a value; undefined where the unit is of another kind, or not known. */
export function factorOf(unit: string, family: Family): number | undefined {
  // {request}/s is 1/s, and {connection} is 1: what stands in braces is a note for people.
  const plain = unit.replace(/\{[^{}]*\}/g, "1");
  return Object.hasOwn(factors[family], plain) ? factors[family][plain] : undefined;
}
