import { columnOf, type Metric } from "@/lib/kernel/metrics";
import type { TestControl } from "@/lib/platform/testing";

/** Milliseconds of the levels that are kept. */
export const lengths = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
export type Length = keyof typeof lengths;

/** What is known of one metric in a bucket. */
export type Figures = { sum: number; ms: number; min: number; max: number; last: number };

/** A bucket of one tenant: what is known of each metric in it. */
export type Bucket = { tenant: string; at: number; of: Partial<Record<Metric, Figures>> };

/** Every bucket of every level, as the tables hold them. */
export type Truth = Record<Length, Bucket[]>;

/** Buckets of one length as those of a longer one: sums and known times are added, the last known value is the last. */
export function coarser(buckets: readonly Bucket[], length: number): Bucket[] {
  const found = new Map<string, Bucket>();
  for (const { tenant, at, of } of [...buckets].sort((one, other) => one.at - other.at)) {
    const begin = at - (at % length);
    const own = found.get(`${tenant} ${begin}`) ?? { tenant, at: begin, of: {} };
    found.set(`${tenant} ${begin}`, own);
    for (const [metric, more] of Object.entries(of) as [Metric, Figures][])
      own.of[metric] = added(own.of[metric], more);
  }
  return [...found.values()];
}

/** Two times together. */
export function added(one: Figures | undefined, other: Figures): Figures {
  if (!one) return other;
  return {
    sum: one.sum + other.sum,
    ms: one.ms + other.ms,
    min: Math.min(one.min, other.min),
    max: Math.max(one.max, other.max),
    last: other.last,
  };
}

export const meanOf = (one: Figures | undefined): number | null => (one ? one.sum / one.ms : null);

/**
 * Random usage of some tenants up to `now`, with gaps: minutes of the last days, before that hours, before that days, and
 * of those what they add up to. A tenant has each metric or never has it.
 */
export function randomTruth(
  tenants: readonly string[],
  metrics: readonly Metric[],
  now: number,
  random: () => number,
  days: Record<Length, number>,
): Truth {
  const has = new Map(tenants.map((tenant) => [tenant, metrics.filter(() => random() < 0.85)]));
  const made = (length: Length, from: number, to: number) =>
    tenants.flatMap((tenant) => {
      const buckets: Bucket[] = [];
      for (let at = from; at < to; at += lengths[length]) {
        if (random() < 0.05) at += Math.floor(random() * 5) * lengths[length];
        if (at >= to || random() < 0.1) continue;
        const known = (has.get(tenant) ?? []).filter(() => random() < 0.9);
        if (known.length === 0) continue;
        const of = Object.fromEntries(known.map((metric) => [metric, randomFigures(lengths[length], random)]));
        buckets.push({ tenant, at, of });
      }
      return buckets;
    });
  const whole = (length: Length, ago: number) =>
    Math.floor((now - ago * lengths.day) / lengths[length]) * lengths[length];
  const [dayOn, hourOn, minuteOn] = [whole("day", days.day), whole("day", days.hour), whole("day", days.minute)];
  const minute = made("minute", minuteOn, Math.floor(now / lengths.minute) * lengths.minute - lengths.minute);
  const hour = [...made("hour", hourOn, minuteOn), ...coarser(minute, lengths.hour)];
  const day = [...made("day", dayOn, hourOn), ...coarser(hour, lengths.day)];
  return { minute, hour, day };
}

/** Some of it lies at the ends of what single precision tells apart. */
function randomFigures(length: number, random: () => number): Figures {
  const mean = Math.fround(random() < 0.1 ? 0 : Math.exp(8 * random() - 2));
  const ms = random() < 0.7 ? length : 1 + Math.floor(random() * (length - 1));
  const [min, max] = [Math.fround(mean * random()), Math.fround(mean * (1 + random()))];
  return { sum: mean * ms, ms, min, max, last: Math.fround(min + (max - min) * random()) };
}

/** Writes all of it as the roll-up would have. */
export async function writeTruth(control: TestControl, truth: Truth, metrics: readonly Metric[]): Promise<void> {
  const sources = Object.fromEntries(metrics.map((metric) => [metric, "proc"]));
  const { rows } = await control.sql("INSERT INTO usage_source_sets (sources) VALUES ($1) RETURNING id", [
    JSON.stringify(sources),
  ]);
  const kinds = ["sum", "ms", "min", "max", "last"] as const;
  const columns = metrics.flatMap((metric) =>
    kinds.map((kind) => ({ metric, kind, name: `${columnOf(metric)}_${kind}` })),
  );
  for (const length of Object.keys(lengths) as Length[]) {
    const lines = truth[length].map(({ tenant, at, of }) => ({
      ...{ at: new Date(at).toISOString(), tenant_id: tenant },
      ...Object.fromEntries(columns.map(({ metric, kind, name }) => [name, of[metric]?.[kind] ?? null])),
    }));
    const names = columns.map(({ name }) => name);
    await control.sql(
      `INSERT INTO tenant_usage_${length}s (at, tenant_id, source_set, ${names.join(", ")})
       SELECT at, tenant_id, $2::int, ${names.join(", ")} FROM jsonb_populate_recordset(NULL::tenant_usage_${length}s, $1::jsonb)`,
      [JSON.stringify(lines), rows[0]?.id],
    );
  }
}
