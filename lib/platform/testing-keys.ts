import pg from "pg";
import { vi } from "vitest";

/** The key ring as a process with certain keys in its environment has it. */
export type Host = {
  seal: typeof import("./keyring").seal;
  unseal: typeof import("./keyring").unseal;
  takeUpMaster: typeof import("./master-change").takeUpMaster;
  dropOldMasters: typeof import("./master-change").dropOldMasters;
  rotateDataKey: typeof import("./rotation").rotateDataKey;
};

/** Loads the key ring anew with other keys, as another process would; the database stays the same. */
export async function hostWith(secretKey: string, oldSecretKeys: string[] = []): Promise<Host> {
  process.env.TENANTRY_SECRET_KEY = secretKey;
  process.env.TENANTRY_OLD_SECRET_KEYS = oldSecretKeys.join(",");
  vi.resetModules();
  const { seal, unseal } = await import("./keyring");
  const { takeUpMaster, dropOldMasters } = await import("./master-change");
  const { rotateDataKey } = await import("./rotation");
  // The environment is read once and lazily: now, before another host changes it.
  (await import("./env")).env();
  return { seal, unseal, takeUpMaster, dropOldMasters, rotateDataKey };
}

/** Every value of any text or JSON column of a database that looks like an envelope, as `table.column`. */
export async function columnsWithEnvelopes(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; held: string }>(`
      SELECT table_name || '.' || column_name AS name,
        (xpath('/row/n/text()', query_to_xml(format(
          $$SELECT count(*) AS n FROM %I.%I WHERE %I::text ~ '(^|[^[:alnum:]])v[12][.][0-9a-f]{8,16}[.]'$$,
          table_schema, table_name, column_name), true, true, '')))[1]::text AS held
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'
        AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY')`);
    return rows.filter(({ held }) => Number(held) > 0).map(({ name }) => name);
  } finally {
    await client.end();
  }
}
