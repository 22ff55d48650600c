import { newId } from "@/lib/kernel/ids";

type Sql = (text: string, values?: unknown[]) => Promise<{ rows: { id: string }[] }>;

const hour = 3_600_000;

/** Tenants with a past of a week in minutes and hours, written as the roll-up would; what they used is known. */
export async function withPast(sql: Sql, names: readonly string[]): Promise<string[]> {
  const now = Date.now();
  const { rows: sets } = await sql(
    `INSERT INTO usage_source_sets (sources) VALUES ('{"cpu":"proc"}')
     ON CONFLICT (sources) DO UPDATE SET sources = EXCLUDED.sources RETURNING id`,
  );
  const ids = names.map(() => newId(new Date()));
  for (const [index, id] of ids.entries()) {
    const slug = `past-${id.slice(-12)}`;
    await sql(
      `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, created_at, updated_at)
       SELECT $1, $2, $3, 'inactive', 'free', region, id, $2, $2, 'none', $4, $4 FROM servers ORDER BY created_at LIMIT 1`,
      [id, slug, names[index], new Date(now - 8 * 24 * hour)],
    );
    for (const [table, ms, from] of [
      ["tenant_usage_minutes", 60_000, now - 12 * hour],
      ["tenant_usage_hours", hour, now - 7 * 24 * hour],
    ] as const) {
      await sql(
        `INSERT INTO ${table} (at, tenant_id, source_set, cpu_sum, cpu_ms, cpu_min, cpu_max, cpu_last)
         SELECT to_timestamp(step / 1000.0), $1, $2, $3 * $4::float8, $4::int, $3 - 5, $3 + 5, $3
           FROM generate_series($5::bigint, $6::bigint, $4::bigint) step ON CONFLICT DO NOTHING`,
        [id, sets[0]?.id, 20 + 10 * index, ms, Math.floor(from / ms) * ms, now - 2 * ms],
      );
    }
  }
  return ids;
}
