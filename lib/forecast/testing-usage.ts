import type { Metric } from "@/lib/kernel/metrics";
import type { TestControl } from "@/lib/platform/testing";

type Level = "minute" | "hour" | "day";
const lengths = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

export type Value = { at: number; value: number };

/** Writes roll-ups of one metric as if the value had stood all the time: a row each, in the default partition. */
export async function writeUsage(
  control: TestControl,
  of: { tenant: string } | { server: string },
  level: Level,
  metric: Metric,
  values: Value[],
): Promise<void> {
  await control.sql(`INSERT INTO usage_source_sets (id, sources) VALUES (1, '{}') ON CONFLICT DO NOTHING`);
  const kind = "tenant" in of ? "tenant" : "server";
  const id = "tenant" in of ? of.tenant : of.server;
  const name = metric.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const parts = ["sum", "ms", "min", "max", "last"].map((part) => `${name}_${part}`);
  await control.sql(
    `INSERT INTO ${kind}_usage_${level}s (at, ${kind}_id, source_set, ${parts.join(", ")})
     SELECT to_timestamp(at / 1000), $1, 1, value * $2::int, $2::int, value, value, value
       FROM unnest($3::float8[], $4::float8[]) AS given(at, value)
     ON CONFLICT (${kind}_id, at) DO UPDATE SET ${parts.map((part) => `${part} = EXCLUDED.${part}`).join(", ")}`,
    [id, lengths[level], values.map(({ at }) => at), values.map(({ value }) => value)],
  );
}
