import { rollDay, rollHour } from "@/lib/history/roll-up-coarser";
import { after, dayMs, hourMs } from "@/lib/history/watermarks";
import { newId } from "@/lib/kernel/ids";
import { columnOf, metricNames } from "@/lib/kernel/metrics";
import { controlDb } from "@/lib/platform/prisma";
import type { OwnPostgres } from "./own-postgres";

/** Metrics that a fleet without apps in the runtime has; the others are unknown. */
const measured = [
  "cpu",
  "memory",
  "buffers",
  "storage",
  "requests",
  "transactions",
  "connections",
  "cacheHit",
  "latency",
];

/** A day of minutes in time's order, as the roll-up leaves them: random walks of several samples a minute, rounded as stored. */
export async function makeDay(own: OwnPostgres, day: Date, tenants: number): Promise<void> {
  const ids = Array.from({ length: tenants }, () => newId(new Date()));
  await own.sql(
    `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, updated_at)
     SELECT id, 'tenant-' || n, 'Tenant ' || n, 'active', 'starter', 'local', $2, 'db' || n, 'none', '', now()
       FROM unnest($1::uuid[]) WITH ORDINALITY AS one (id, n)`,
    [ids, own.serverId],
  );
  const sources = Object.fromEntries(measured.map((metric) => [metric, "proc"]));
  await own.sql("INSERT INTO usage_source_sets (sources) VALUES ($1)", [JSON.stringify(sources)]);
  const names = metricNames.filter((metric) => measured.includes(metric)).map(columnOf);
  const columns = names.flatMap((name) => ["sum", "ms", "min", "max", "last"].map((part) => `${name}_${part}`));
  const values = names.map((_, n) => {
    const low = `round((base + ${n} * 3 + 20 * abs(sin(minute / 200.0 + ${n})) + 2 * r${n % 3})::numeric, 1)::float8`;
    return `(${low} + r${(n + 1) % 3}) * 60000, 60000, ${low}, ${low} + round((2 * r${(n + 1) % 3})::numeric, 1), ${low} + round(r${(n + 2) % 3}::numeric, 1)`;
  });
  await own.sql(
    `INSERT INTO tenant_usage_minutes (at, tenant_id, source_set, ${columns.join(", ")})
     SELECT $1::timestamptz + make_interval(mins => minute), id, (SELECT min(id) FROM usage_source_sets), ${values.join(", ")}
       FROM (SELECT minute, id, 10 + n % 40 AS base, random() AS r0, random() AS r1, random() AS r2
               FROM generate_series(0, 1439) AS minute, unnest($2::uuid[]) WITH ORDINALITY AS one (id, n)
              ORDER BY minute) AS made`,
    [day, ids],
  );
  for (let at = day; at < after(day, dayMs); at = after(at, hourMs)) {
    await rollHour(controlDb(), { from: at, to: after(at, hourMs) });
  }
  await rollDay(controlDb(), { from: day, to: after(day, dayMs) });
  await own.sql("INSERT INTO usage_rollups (level, until) SELECT unnest('{minute,hour,day}'::text[]), $1", [
    after(day, dayMs),
  ]);
  await own.sql("ANALYZE");
}
