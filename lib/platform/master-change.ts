import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { decrypt, readEnvelope } from "./envelope";
import { changingKeys, keyPool, makeFirstKey, type Queryable, type WrappedKey } from "./key-table";
import { type DataKey, given, type Master, masters, openAny, unwrap, wrap } from "./masters";
import { sealedColumns } from "./sealed-columns";

/**
 * Makes the stored secrets usable with this process's master keys: throws, naming the keys and what to do, when some
 * can't be opened; else wraps every data key under TENANTRY_SECRET_KEY too, and leaves the other wraps to the hosts
 * that still have the former key. A new installation gets its first data key. Returns how many were wrapped again.
 */
export async function takeUpMaster(): Promise<number> {
  await checkMasters(keyPool());
  await makeFirstKey();
  return await wrapUnderPresent();
}

/** Wraps every data key that a master of this process opens under TENANTRY_SECRET_KEY; returns how many were wrapped. */
export async function wrapUnderPresent(): Promise<number> {
  const [present] = masters();
  return await onOneConnection((client) =>
    changingKeys(client, async () => {
      let count = 0;
      for (const [id, wraps] of await allKeys(client)) {
        if (wraps.some(({ masterId }) => masterId === present.id)) continue;
        const values = [present.id, wrap(openAny(id, wraps), present), id, wraps[0]?.masterId];
        await client.query(
          `INSERT INTO data_keys (id, master_id, wrapped, created_at, retired_at)
           SELECT id, $1, $2, created_at, retired_at FROM data_keys WHERE id = $3 AND master_id = $4`,
          values,
        );
        count++;
      }
      return count;
    }),
  );
}

/** Throws, naming the missing keys and what to do, when a stored secret was sealed under a master not given. */
export async function checkMasters(db: Queryable): Promise<void> {
  const known = new Set(masters().map(({ id }) => id));
  const missing = (await mastersOfSecrets(db)).filter((id) => !known.has(id));
  for (const [id, wraps] of await allKeys(db)) {
    if (wraps.some(({ masterId }) => known.has(masterId))) openAny(id, wraps);
    else missing.push(...wraps.map(({ masterId }) => masterId));
  }
  if (missing.length === 0) return;
  const names = [...new Set(missing)].sort().join(", ");
  throw new AppError(
    "conflict",
    `Stored secrets were sealed with key ${names}, but ${given()}. Start with the key that sealed them, or add it to TENANTRY_OLD_SECRET_KEYS, so that the new one can take over.`,
  );
}

/** The masters that sealed secrets directly, before there were data keys. */
async function mastersOfSecrets(db: Queryable): Promise<string[]> {
  const parts = sealedColumns.map(
    ({ table, column }) => `SELECT split_part(${column}, '.', 2) AS id FROM ${table} WHERE ${column} LIKE 'v1.%'`,
  );
  const { rows } = await db.query<{ id: string }>(parts.join(" UNION "));
  return rows.map(({ id }) => id);
}

/** Every data key's wraps, by its id. */
async function allKeys(db: Queryable): Promise<Map<string, [WrappedKey, ...WrappedKey[]]>> {
  const { rows } = await db.query<WrappedKey>(`SELECT id, master_id AS "masterId", wrapped FROM data_keys ORDER BY id`);
  const keys = new Map<string, [WrappedKey, ...WrappedKey[]]>();
  for (const row of rows) keys.set(row.id, [...(keys.get(row.id) ?? []), row] as [WrappedKey, ...WrappedKey[]]);
  return keys;
}

/**
 * Removes the wraps of every master but TENANTRY_SECRET_KEY, once each stored secret has been opened with that one
 * alone; throws, naming what does not open, and removes nothing, otherwise. Returns how many wraps were removed.
 */
export async function dropOldMasters(): Promise<number> {
  const [present] = masters();
  return await onOneConnection((client) =>
    changingKeys(client, async () => {
      const keys = new Map<string, DataKey>();
      for (const [id, wraps] of await allKeys(client)) {
        const own = wraps.find(({ masterId }) => masterId === present.id);
        if (own) keys.set(id, unwrap(id, own.wrapped, present));
      }
      const closed = await unopened(client, present, keys);
      if (closed.length > 0) {
        const some = `${closed.slice(0, 5).join(", ")}${closed.length > 5 ? ` and ${closed.length - 5} more` : ""}`;
        const message = `Nothing was removed: key ${present.id} alone does not open ${some}. Rotate the keys first.`;
        throw new AppError("conflict", message);
      }
      const { rowCount } = await client.query("DELETE FROM data_keys WHERE master_id <> $1", [present.id]);
      return rowCount ?? 0;
    }),
  );
}

/** The stored secrets that one master, with the data keys it opens, does not open. */
async function unopened(client: Queryable, present: Master, keys: Map<string, DataKey>): Promise<string[]> {
  const closed: string[] = [];
  for (const { table, key, column, context } of sealedColumns) {
    const { rows } = await client.query<{ key: string; value: string }>(
      `SELECT ${key}::text AS key, ${column} AS value FROM ${table} WHERE ${column} ~ '^v[0-9]+[.]'`,
    );
    for (const row of rows) if (!opens(row.value, context(row.key), present, keys)) closed.push(`${table} ${row.key}`);
  }
  return closed;
}

function opens(value: string, context: string, present: Master, keys: Map<string, DataKey>): boolean {
  try {
    const envelope = readEnvelope(value);
    const key = envelope.kind === "v2" ? keys.get(envelope.keyId) : envelope.keyId === present.id ? present : undefined;
    return key !== undefined && decrypt(envelope, key.bytes, context).length >= 0;
  } catch {
    return false;
  }
}

async function onOneConnection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await keyPool().connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}
