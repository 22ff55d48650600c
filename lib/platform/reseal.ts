import { AppError } from "@/lib/kernel/errors";
import type { Queryable } from "./key-table";
import { seal, unseal } from "./keyring";
import { type SealedColumn, sealedColumns } from "./sealed-columns";

/** What has been sealed again so far, and what no key opens (as `table key`). */
export type Resealed = { count: number; unreadable: Set<string> };

type Row = { key: string; value: string };

const batchSize = 100;

/** Goes once through every stored secret that another data key sealed, and seals it with the newest. */
export async function resealOnce(
  client: Queryable,
  keyId: string,
  done: Resealed,
  onBatch: (count: number) => void,
): Promise<void> {
  for (const column of sealedColumns) {
    for (let rows = await next(client, column, keyId, null); rows.length > 0; ) {
      done.count += await store(client, column, await resealed(column, rows, done));
      onBatch(done.count);
      rows = await next(client, column, keyId, rows.at(-1)?.key ?? null);
    }
  }
}

/** How many stored secrets carry another key than the given one. */
export async function remaining(client: Queryable, keyId: string): Promise<number> {
  const counts = sealedColumns.map((column) => `(SELECT count(*) FROM ${column.table} WHERE ${other(column)})`);
  const { rows } = await client.query<{ left: string }>(`SELECT ${counts.join(" + ")} AS left`, [`v2.${keyId}.%`]);
  return Number(rows[0]?.left);
}

/** Sealed, and not by the key whose envelopes are LIKE $1. */
const other = ({ column }: SealedColumn) => `${column} ~ '^v[0-9]+[.]' AND ${column} NOT LIKE $1`;

async function next(client: Queryable, column: SealedColumn, keyId: string, after: string | null): Promise<Row[]> {
  const { table, key, keyType } = column;
  const { rows } = await client.query<Row>(
    `SELECT ${key}::text AS key, ${column.column} AS value FROM ${table}
     WHERE ${other(column)} AND ($2::${keyType} IS NULL OR ${key} > $2::${keyType}) ORDER BY ${key} LIMIT ${batchSize}`,
    [`v2.${keyId}.%`, after],
  );
  return rows;
}

type Change = { key: string; was: string; will: string };

async function resealed({ table, context }: SealedColumn, rows: Row[], done: Resealed): Promise<Change[]> {
  const changes: Change[] = [];
  for (const { key, value } of rows) {
    try {
      const will = await seal(await unseal(value, context(key)), context(key));
      changes.push({ key, was: value, will });
    } catch (error) {
      if (error instanceof AppError) throw error;
      done.unreadable.add(`${table} ${key}`);
    }
  }
  return changes;
}

/** Writes the rows that nobody holds and that still have the value that was read; returns how many. */
async function store(client: Queryable, column: SealedColumn, changes: Change[]): Promise<number> {
  const { table, key, keyType, column: name } = column;
  const { rowCount } = await client.query(
    `WITH wanted AS (SELECT * FROM unnest($1::${keyType}[], $2::text[], $3::text[]) AS w (key, was, will)),
     free AS (SELECT w.* FROM ${table} t JOIN wanted w ON t.${key} = w.key AND t.${name} = w.was
              FOR NO KEY UPDATE OF t SKIP LOCKED)
     UPDATE ${table} t SET ${name} = free.will FROM free WHERE t.${key} = free.key AND t.${name} = free.was`,
    [changes.map((one) => one.key), changes.map((one) => one.was), changes.map((one) => one.will)],
  );
  return rowCount ?? 0;
}
