import type { Queryable } from "./key-table";
import { unseal } from "./keyring";
import { sealedColumns } from "./sealed-columns";

/** Of the stored secrets: how many open, and which do not, as `table key`, each with why. */
export type OpenSecrets = { opened: number; shut: { where: string; why: string }[] };

const batch = 500;

/** Opens every stored secret with this process's keys, and keeps none of them. */
export async function openEverySecret(client: Queryable): Promise<OpenSecrets> {
  const found: OpenSecrets = { opened: 0, shut: [] };
  for (const { table, key, keyType, column, context } of sealedColumns) {
    for (let after: string | null = null; ; ) {
      const { rows }: { rows: { key: string; value: string }[] } = await client.query(
        `SELECT ${key}::text AS key, ${column} AS value FROM ${table}
          WHERE ${column} ~ '^v[0-9]+[.]' AND ($1::${keyType} IS NULL OR ${key} > $1::${keyType})
          ORDER BY ${key} LIMIT ${batch}`,
        [after],
      );
      for (const row of rows) await open(found, row.value, context(row.key), `${table} ${row.key}`);
      after = rows.at(-1)?.key ?? null;
      if (rows.length < batch) break;
    }
  }
  return found;
}

async function open(found: OpenSecrets, value: string, context: string, where: string): Promise<void> {
  try {
    await unseal(value, context);
    found.opened += 1;
  } catch (error) {
    found.shut.push({ where, why: error instanceof Error ? error.message : String(error) });
  }
}
