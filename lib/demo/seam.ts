import type { Control } from "@/lib/metrics/control-questions";

const minute = 60_000;

/** How long a shop that was just made may have been measured while it was still being filled. */
const filling = 15 * minute;

/** Nobody rolls up until the transaction ends. */
export async function holdRollUps(control: Control): Promise<void> {
  await control.query("SELECT pg_advisory_xact_lock(hashtextextended('tenantry_history', 0))");
}

/**
 * Where the past ends (Unix milliseconds): in the minute in which measuring began. Shops that were only just made were empty
 * then, as if they had shrunk: of those it ends where minutes are closed, and what was rolled up of them makes room. The
 * samples stay.
 */
export async function joinMeasured(control: Control, ids: string[], now: Date): Promise<number> {
  const { rows } = await control.query<{ began: Date | null; closed: Date | null }>(
    `SELECT (SELECT min(recorded_at) FROM tenant_usage_logs WHERE tenant_id = ANY($1)) AS began,
            (SELECT until FROM usage_rollups WHERE level = 'minute') AS closed`,
    [ids],
  );
  const began = Math.floor((rows[0]?.began ?? now).getTime() / minute) * minute;
  const closed = rows[0]?.closed?.getTime() ?? 0;
  if (closed <= began || closed > began + filling) return began;
  await makeRoom(control, ids, began, closed);
  return closed;
}

async function makeRoom(control: Control, ids: string[], began: number, end: number): Promise<void> {
  const { rows } = await control.query<{ id: string }>(
    `SELECT server_id AS id FROM tenants WHERE deleted_at IS NULL GROUP BY server_id HAVING bool_and(id = ANY($1))`,
    [ids],
  );
  const servers = rows.map(({ id }) => id);
  for (const [level, length] of [
    ["minutes", minute],
    ["hours", 60 * minute],
    ["days", 24 * 60 * minute],
  ] as const) {
    const time = [new Date(Math.floor(began / length) * length), new Date(end)];
    for (const [table, key, whose] of [
      ["tenant_usage", "tenant_id", ids],
      ["server_usage", "server_id", servers],
    ] as const)
      await control.query(`DELETE FROM ${table}_${level} WHERE ${key} = ANY($1::uuid[]) AND at >= $2 AND at < $3`, [
        whose,
        ...time,
      ]);
  }
}

/** The MiB of each tenant as they were measured nearest to a time (Unix milliseconds), by its id. */
export async function measuredSizes(control: Control, ids: string[], at: number): Promise<Map<string, number>> {
  const { rows } = await control.query<{ id: string; size: number }>(
    `SELECT DISTINCT ON (tenant_id) tenant_id AS id, value AS size FROM tenant_usage_logs
      WHERE tenant_id = ANY($1) AND metric_type = 'storage' AND value > 0
      ORDER BY tenant_id, abs(extract(epoch FROM recorded_at - $2::timestamptz))`,
    [ids, new Date(at)],
  );
  return new Map(rows.map(({ id, size }) => [id, size]));
}
