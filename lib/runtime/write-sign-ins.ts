import type pg from "pg";

/** A sign-in, or a number of them, as an activity. */
export type SignInRow = {
  tenantId: string;
  type: "signed_in" | "sign_in_failed";
  description: string;
  actor: string;
  ipAddress: string | null;
  userAgent: string | null;
  metadata: Record<string, string>;
  at: Date;
};

// A tenant that was purged meanwhile must not keep the others' from being written.
const add = `
  WITH told AS (
    INSERT INTO tenant_activities
      (tenant_id, activity_type, description, actor, ip_address, user_agent, metadata, created_at)
    SELECT told.tenant_id, type, description, actor, ip, agent, metadata, at
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::inet[], $6::text[], $7::jsonb[], $8::timestamptz[])
           WITH ORDINALITY AS told (tenant_id, type, description, actor, ip, agent, metadata, at, number)
     WHERE EXISTS (SELECT FROM tenants WHERE tenants.id = told.tenant_id) ORDER BY number
    RETURNING tenant_id
  )
  SELECT pg_notify('tenantry_activity', tenant_id::text) FROM (SELECT DISTINCT tenant_id FROM told) AS tenant`;

/** Why rows were not written. With `xid`, COMMIT was sent and its answer lost: that transaction may have happened. */
export type Written = { error?: unknown; xid?: string | undefined };

/** Writes all rows in one transaction, or none. Does not throw. */
export async function writeSignIns(pool: pg.Pool, rows: SignInRow[]): Promise<Written> {
  let client: pg.PoolClient | undefined;
  let committing: string | undefined;
  try {
    client = await pool.connect();
    await client.query("BEGIN");
    const { rows: own } = await client.query<{ xid: string }>("SELECT pg_current_xact_id()::text AS xid");
    await client.query(add, columnsOf(rows));
    committing = own[0]?.xid;
    await client.query("COMMIT");
    client.release();
    return {};
  } catch (error) {
    client?.release(true);
    return { error, xid: committing };
  }
}

function columnsOf(rows: SignInRow[]): unknown[][] {
  return [
    rows.map(({ tenantId }) => tenantId),
    rows.map(({ type }) => type),
    rows.map(({ description }) => description),
    rows.map(({ actor }) => actor),
    rows.map(({ ipAddress }) => ipAddress),
    rows.map(({ userAgent }) => userAgent),
    rows.map(({ metadata }) => JSON.stringify(metadata)),
    rows.map(({ at }) => at),
  ];
}
