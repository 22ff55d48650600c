import { tenantsTarget } from "./tenants-target";

/** Writes rows into tenants' databases, with the rights of their own roles, into a table that nothing else uses. */
export function rowFiller(rows: number): {
  fill: (id: string, signal: AbortSignal) => Promise<void>;
  close: () => Promise<void>;
} {
  const { runtime, close } = tenantsTarget([], "create-test-tenants", 4);
  const fill = async (id: string, signal: AbortSignal) => {
    await runtime.runInTenantById(id, () =>
      runtime.withClient(
        async (client) => {
          await client.query(
            "CREATE TABLE IF NOT EXISTS tenantry_test_rows (id bigint PRIMARY KEY, made_at timestamptz NOT NULL, note text NOT NULL)",
          );
          await client.query(
            `INSERT INTO tenantry_test_rows SELECT n, now() - n * interval '1 second', md5(n::text)
               FROM generate_series(1, $1::bigint) n ON CONFLICT DO NOTHING`,
            [rows],
          );
        },
        { signal },
      ),
    );
  };
  return { fill, close };
}
