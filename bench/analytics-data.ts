import pg from "pg";
import type { OwnPostgres } from "./own-postgres";

/** How much is generated. */
export type Size = { tenants: number; rawHours: number; minuteHours: number; days: number; activities: number };

/** The metrics that are generated, each with the unit of its raw rows. */
export const generated = {
  cpu: "percent of one core",
  memory: "MiB",
  storage: "MiB",
  requests: "per second",
} as const;

const metrics = Object.keys(generated) as (keyof typeof generated)[];
/** Those of the minutes, hours and days: also what performance is told by. */
export const rolled = [...metrics, "latency", "errors"] as const;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Makes tenants and their usage of all levels up to `now` (a full minute), in SQL straight into the tables. */
export async function generate({ sql, serverId, url }: OwnPostgres, size: Size, now: Date): Promise<void> {
  const from = (ms: number, step: number) => new Date(Math.floor((now.getTime() - ms) / step) * step);
  await sql("SELECT setseed(0.42)");
  await tenants(sql, serverId, size);
  await sql(
    `INSERT INTO usage_source_sets (sources) VALUES ('${JSON.stringify(Object.fromEntries(rolled.map((name) => [name, "proc"])))}')`,
  );
  const first = from(size.days * day, day);
  await partitions(sql, first, now);
  await Promise.all([
    withoutIndex(url, "minutes", (own) =>
      level(own, { name: "minutes", step: minute, from: from(size.minuteHours * hour, minute), to: now }),
    ),
    (async () => {
      await withoutIndex(url, "logs", (own) => raw(own, from(size.rawHours * hour, minute), now));
      await withoutIndex(url, "hours", (own) =>
        level(own, { name: "hours", step: hour, from: first, to: from(0, hour) }),
      );
      await withoutIndex(url, "days", (own) => level(own, { name: "days", step: day, from: first, to: from(0, day) }));
    })(),
  ]);
  await servers(sql, serverId, size);
  await activities(sql, size, now);
  await sql(
    "INSERT INTO usage_rollups (level, until, ran_at) VALUES ('minute', $1, $1), ('hour', $2, $1), ('day', $3, $1)",
    [now, from(0, hour), from(0, day)],
  );
}

type Sql = OwnPostgres["sql"];

/** What was written last stands in memory, as where it was just written, a minute at a time. */
export async function warmUp({ sql }: OwnPostgres): Promise<void> {
  await sql("CREATE EXTENSION pg_prewarm");
  for (const level of ["hours", "minutes"])
    await sql(
      "SELECT pg_prewarm(inhrelid::regclass) FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY inhrelid",
      [`tenant_usage_${level}`],
    );
}

/** Each tenant has its own size, some a thousand times others', and its own time of day. */
async function tenants(sql: Sql, serverId: string, { tenants: count }: Size): Promise<void> {
  await sql(
    `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, tags, created_at, updated_at)
     SELECT gen_random_uuid(), 'tenant-' || n, 'Tenant ' || n, 'active', (ARRAY['free','starter','business','enterprise'])[1 + n % 4],
            (ARRAY['eu','us','ap'])[1 + n % 3], $1, 'tenant_' || n, 'none', '', CASE WHEN n % 50 = 0 THEN '{key}'::text[] ELSE '{}' END,
            now() - n % 400 * interval '1 day', now()
       FROM generate_series(1, $2::int) AS n`,
    [serverId, count],
  );
  await sql(
    `CREATE TABLE bench_tenants AS
     SELECT id, row_number() OVER (ORDER BY id) - 1 AS number, (0.05 * exp(random() * 5))::float8 AS cpu, (4 * exp(random() * 4))::float8 AS memory,
            (9 * exp(random() * 5))::float8 AS storage, (0.01 * exp(random() * 7))::float8 AS requests, random() AS phase
       FROM tenants`,
  );
  await sql("ANALYZE bench_tenants, tenants");
}

async function partitions(sql: Sql, first: Date, now: Date): Promise<void> {
  for (const [name, unit] of [
    ["logs", "day"],
    ["minutes", "day"],
    ["hours", "month"],
    ["days", "year"],
  ] as const) {
    const tables = name === "logs" ? ["tenant_usage_logs"] : [`tenant_usage_${name}`, `server_usage_${name}`];
    for (const table of tables)
      await sql(
        `SELECT ensure_span_partition($1::regclass, d::date, (d + $2::interval)::date)
           FROM generate_series(date_trunc($3, $4::timestamptz AT TIME ZONE 'UTC'), $5::timestamptz AT TIME ZONE 'UTC', $2::interval) d`,
        [table, `1 ${unit}`, unit, first, now],
      );
  }
}

/** Filled first and indexed then, on a connection of its own: the same table in a fraction of the time. */
async function withoutIndex(
  url: OwnPostgres["url"],
  name: "logs" | Stretch["name"],
  fill: (sql: Sql) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: url("control") });
  await client.connect();
  const sql: Sql = (text, values) => client.query(text, values);
  const [drop, add] =
    name === "logs"
      ? [
          "DROP INDEX tenant_usage_logs_tenant_metric_time",
          "CREATE INDEX tenant_usage_logs_tenant_metric_time ON tenant_usage_logs (tenant_id, metric_type, recorded_at)",
        ]
      : [
          `ALTER TABLE tenant_usage_${name} DROP CONSTRAINT tenant_usage_${name}_pkey`,
          `ALTER TABLE tenant_usage_${name} ADD PRIMARY KEY (tenant_id, at)`,
        ];
  await sql("SELECT setseed(0.42), set_config('maintenance_work_mem', '1GB', false), set_config('jit', 'off', false)");
  await sql(drop);
  await fill(sql);
  await sql(add);
  await client.end();
}

/** What a tenant `t` used at `at`: a day's wave around its size, with noise. Storage grows. */
const values = `
  SELECT t.cpu * w * (0.7 + 0.6 * random()) AS cpu, t.memory * (0.9 + 0.1 * w) * (0.95 + 0.1 * random()) AS memory,
         t.storage * (1 + 0.0000001 * extract(epoch FROM at)::float8 - 175) AS storage,
         t.requests * w * (0.7 + 0.6 * random()) AS requests, 4 + t.cpu * w * random() AS latency,
         0.01 * t.requests * random() AS errors
    FROM (SELECT 1 + 0.8 * sin(6.2832 * (extract(epoch FROM at)::float8 / 86400 + t.phase)) AS w) AS wave`;

async function raw(sql: Sql, from: Date, to: Date): Promise<void> {
  const rows = metrics.map((name) => `('${name}', v.${name}, '${generated[name]}')`).join(", ");
  // Hour by hour, so that what is written comes in the order in which it is measured.
  for (let at = from.getTime(); at < to.getTime(); at += hour)
    await sql(
      `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
       SELECT t.id, m.metric, round(m.value::numeric, 3)::float8, m.unit, at, 'proc'
         FROM generate_series($1::timestamptz, $2::timestamptz - interval '1 minute', interval '1 minute') AS at
        CROSS JOIN bench_tenants t CROSS JOIN LATERAL (${values}) AS v
        CROSS JOIN LATERAL (VALUES ${rows}) AS m (metric, value, unit)`,
      [new Date(at), new Date(Math.min(to.getTime(), at + hour))],
    );
}

type Stretch = { name: "minutes" | "hours" | "days"; step: number; from: Date; to: Date };

async function level(sql: Sql, { name, step, from, to }: Stretch): Promise<void> {
  const columns = rolled.flatMap((metric) => ["sum", "ms", "min", "max", "last"].map((part) => `${metric}_${part}`));
  const figures = rolled.flatMap((metric) => [
    `v.${metric} * ${step}`,
    `${step}`,
    `v.${metric} * 0.8`,
    `v.${metric} * 1.3`,
    `v.${metric}`,
  ]);
  const atOnce = Math.max(1, Math.floor(hour / step)) * step;
  for (let at = from.getTime(); at < to.getTime(); at += atOnce)
    await sql(
      `INSERT INTO tenant_usage_${name} (at, tenant_id, source_set, ${columns.join(", ")})
       SELECT at, t.id, 1, ${figures.join(", ")}
         FROM generate_series($1::timestamptz, $2::timestamptz, $3::float8 * interval '1 millisecond') AS at
        CROSS JOIN bench_tenants t CROSS JOIN LATERAL (${values}) AS v`,
      [new Date(at), new Date(Math.min(to.getTime(), at + atOnce) - 1), step],
    );
}

async function servers(sql: Sql, serverId: string, { tenants: count }: Size): Promise<void> {
  // A few tenants tell what all use: adding up everybody's minutes would take longer than making them.
  const some = Math.min(100, count);
  const share = count / some;
  const parts = ["cpu", "memory", "storage", "requests"].flatMap((metric) =>
    ["sum", "min", "max", "last"].map((part) => ({
      name: `${metric}_${part}`,
      value: `${share} * sum(${metric}_${part})`,
    })),
  );
  const known = ["cpu", "memory", "storage", "requests"].map((metric) => ({
    name: `${metric}_ms`,
    value: `max(${metric}_ms)`,
  }));
  const own = ["cpu", "memory"].flatMap((metric) => [
    { name: `${metric}_unattributed_sum`, value: "3.0 * max(cpu_ms)" },
    { name: `${metric}_unattributed_ms`, value: "max(cpu_ms)" },
    ...["min", "max", "last"].map((part) => ({ name: `${metric}_unattributed_${part}`, value: "3" })),
  ]);
  const all = [...parts, ...known, ...own];
  for (const name of ["minutes", "hours", "days"])
    await sql(
      `INSERT INTO server_usage_${name} (at, server_id, source_set, ${all.map((column) => column.name).join(", ")})
       SELECT at, $1, 1, ${all.map(({ value }) => value).join(", ")} FROM tenant_usage_${name}
        WHERE tenant_id IN (SELECT id FROM bench_tenants ORDER BY id LIMIT ${some}) GROUP BY at`,
      [serverId],
    );
}

/** Over 30 days, most of them sign-ins. */
async function activities(sql: Sql, { activities: count, days, tenants }: Size, now: Date): Promise<void> {
  await sql(
    `INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, ip_address, metadata, created_at)
     SELECT id, type, type || ' ' || n, 'user' || n % 5000 || '@example.com', ('198.51.100.' || n % 250)::inet,
            jsonb_build_object('user', md5((n % 5000)::text)), $2::timestamptz - (1 - n::float8 / $1) * $3 * interval '1 day'
       FROM generate_series(1, $1::int) AS n
       JOIN bench_tenants t ON t.number = n * 7919::bigint % $4::bigint
       CROSS JOIN LATERAL (SELECT (ARRAY['signed_in','signed_in','signed_in','signed_in','sign_in_failed','edited','vacuumed','migrated'])[1 + n % 8] AS type) AS what
      ORDER BY n`,
    [count, now, days, tenants],
  );
}
