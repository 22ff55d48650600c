import { columnOf } from "@/lib/kernel/metrics";
import type { Control } from "@/lib/metrics/control-questions";
import { type PastMetric, type PastStep, pastMetrics, pastOf } from "@/sample/past";
import type { DemoTenant } from "@/sample/shapes";

/** A tenant of the demo that is there, and the MiB with which its past ends. */
export type Made = { id: string; tenant: DemoTenant; size: number };

/** The tables by how long a row's time is. */
export type Kept = "minutes" | "hours" | "days";

const lengths = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const satisfies Record<Kept, number>;

const columns = pastMetrics.map(columnOf);
const kinds = ["sum", "ms", "min", "max", "last"] as const;
const allColumns = columns.flatMap((column) => kinds.map((kind) => `${column}_${kind}`));

/** The set of sources in which every metric of the past is `generated`. */
export async function generatedSource(control: Control): Promise<number> {
  const set = Object.fromEntries(
    [...pastMetrics, "cpuUnattributed", "memoryUnattributed"].map((name) => [name, "generated"]),
  );
  const { rows } = await control.query<{ id: number }>(
    `INSERT INTO usage_source_sets (sources) VALUES ($1)
     ON CONFLICT (sources) DO UPDATE SET sources = EXCLUDED.sources RETURNING id`,
    [JSON.stringify(set)],
  );
  return rows[0]?.id ?? 0;
}

type Steps = {
  level: Kept;
  source: number;
  tenants: Made[];
  from: number;
  to: number;
  end: number;
};

/** Writes what each tenant used in each step from `from` to before `to`; rows that are there stay. */
export async function writeSteps(control: Control, { level, source, tenants, from, to, end }: Steps): Promise<void> {
  const length = lengths[level];
  const steps = tenants.flatMap(({ id, tenant, size }) =>
    pastOf(tenant, from, end, length, size)
      .filter(({ at }) => at < to)
      .map((step) => ({ ...step, id })),
  );
  const shown = columns.flatMap((name) => [
    `${name} * $4`,
    `CASE WHEN ${name} IS NOT NULL THEN $4 END`,
    `${name}_low`,
    `${name}_high`,
    name === "storage" ? "storage_high" : name,
  ]);
  const lists = columns.flatMap((name) => [name, `${name}_low`, `${name}_high`]);
  await control.query(
    `INSERT INTO tenant_usage_${level} (at, tenant_id, source_set, ${allColumns.join(", ")})
     SELECT to_timestamp(at / 1000), tenant_id, $3::int, ${shown.join(", ")}
       FROM unnest($1::float8[], $2::uuid[], ${lists.map((_, index) => `$${index + 5}::float8[]`).join(", ")})
            AS step (at, tenant_id, ${lists.join(", ")})
     ON CONFLICT DO NOTHING`,
    [
      listOf(steps.map(({ at }) => at)),
      listOf(steps.map(({ id }) => id)),
      source,
      length,
      ...pastMetrics.flatMap((metric) => listsOf(steps, metric)),
    ],
  );
}

function listsOf(steps: PastStep[], metric: PastMetric): string[] {
  return (["mean", "low", "high"] as const).map((part) =>
    listOf(
      steps.map(({ values }) => {
        const value = values[metric];
        return value ? Math.round(value[part] * 1000) / 1000 : "NULL";
      }),
    ),
  );
}

/** As PostgreSQL writes an array: for a million numbers a good deal quicker than one by one. */
function listOf(values: (string | number)[]): string {
  return `{${values.join(",")}}`;
}

type RollUp = { into: "hours" | "days"; from: "minutes" | "hours"; ids: string[]; source: number; since: number };

/** Makes the longer rows of these tenants from the shorter; rows that are there stay. */
export async function rollUp(control: Control, { into, from, ids, source, since }: RollUp): Promise<void> {
  const parts = columns.flatMap((name) => [
    `sum(${name}_sum)`,
    `sum(${name}_ms)`,
    `min(${name}_min)`,
    `max(${name}_max)`,
    `(array_agg(${name}_last ORDER BY at DESC) FILTER (WHERE ${name}_last IS NOT NULL))[1]`,
  ]);
  await control.query(
    `INSERT INTO tenant_usage_${into} (at, tenant_id, source_set, ${allColumns.join(", ")})
     SELECT date_trunc($1, at, 'UTC'), tenant_id, $2::int, ${parts.join(", ")}
       FROM tenant_usage_${from} WHERE tenant_id = ANY($3) AND source_set = $2::int AND at >= $4
      GROUP BY 1, 2 ON CONFLICT DO NOTHING`,
    [into.slice(0, -1), source, ids, new Date(since)],
  );
}

const serverColumns = ["cpu", "memory", "buffers", "storage", "requests", "transactions", "connections"];

/** What no tenant owned, as parts of a core and MiB. */
const unattributed = { cpu: 2.4, memory: 46 } as const;

// Tenants have their peaks at different moments: at each, one of them is above its mean.
function overTenants(name: string, kind: (typeof kinds)[number]): string {
  const mean = `${name}_sum / nullif(${name}_ms, 0)`;
  if (kind === "max") return `sum(${mean}) + max(${name}_max - ${mean})`;
  return kind === "ms" ? `max(${name}_ms)` : `sum(${name}_${kind})`;
}

/** Makes the servers' rows from those of their tenants, and what no tenant owned; rows that are there stay. */
export async function sumServers(
  control: Control,
  asked: { level: Kept; ids: string[]; source: number },
): Promise<void> {
  const { level, ids, source } = asked;
  const summed = serverColumns.flatMap((name) =>
    kinds.map((kind) => ({ name: `${name}_${kind}`, value: overTenants(name, kind) })),
  );
  const others = (Object.keys(unattributed) as (keyof typeof unattributed)[]).flatMap((name) => {
    // The server's own work goes with the tenants'.
    const value = `(${unattributed[name]} + 0.04 * sum(cpu_sum / nullif(cpu_ms, 0)))`;
    return kinds.map((kind) => ({
      name: `${name}_unattributed_${kind}`,
      value:
        kind === "ms"
          ? "max(cpu_ms)"
          : kind === "sum"
            ? `${value} * max(cpu_ms)`
            : kind === "max"
              ? `${value} * 1.4`
              : value,
    }));
  });
  const all = [...summed, ...others];
  await control.query(
    `INSERT INTO server_usage_${level} (at, server_id, source_set, ${all.map(({ name }) => name).join(", ")})
     SELECT at, server_id, $2::int, ${all.map(({ value }) => value).join(", ")}
       FROM tenant_usage_${level} usage JOIN tenants ON tenants.id = usage.tenant_id
      WHERE usage.tenant_id = ANY($1) AND usage.source_set = $2::int
      GROUP BY at, server_id ON CONFLICT DO NOTHING`,
    [ids, source],
  );
}
