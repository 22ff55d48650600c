import { keyPool, type WrappedKey } from "./key-table";
import { masters, openAny } from "./masters";
import { sealedColumns } from "./sealed-columns";

/** The key ring as it stands: its data keys, the secrets that carry each, and those keys that can't be opened, with why. */
export type KeyCheck = { keys: number; secrets: number; broken: { key: string; secrets: number; why: string }[] };

type Used = { prefix: string; secrets: number };

/**
 * Opens every data key, and looks whether every stored secret carries one that opens. The secrets themselves are not
 * opened: one that was altered is found when it is used, or by the fleet's diagnosis. Throws when the database is away.
 */
export async function checkKeys(): Promise<KeyCheck> {
  const { rows } = await keyPool().query<WrappedKey>(
    `SELECT id, master_id AS "masterId", wrapped FROM data_keys ORDER BY created_at`,
  );
  const ids = [...new Set(rows.map(({ id }) => id))];
  const used = await usedKeys();
  const why = (id: string) =>
    reason(() =>
      openAny(
        id,
        rows.filter((row) => row.id === id),
      ),
    );
  const broken = [...new Set([...ids, ...used.keys()])].flatMap((id) => {
    const known = id.startsWith("master ") ? masterReason(id.slice(7)) : why(id);
    return known === null ? [] : [{ key: id, secrets: used.get(id) ?? 0, why: known }];
  });
  return { keys: ids.length, secrets: [...used.values()].reduce((sum, count) => sum + count, 0), broken };
}

/** How many secrets carry each key: data keys by their ids, a master that sealed directly as "master <id>". */
async function usedKeys(): Promise<Map<string, number>> {
  const used = new Map<string, number>();
  for (const { table, column } of sealedColumns) {
    const { rows } = await keyPool().query<Used>(
      `SELECT substring(${column} FROM '^(v[12]\\.[0-9a-f]+)\\.') AS prefix, count(*)::int AS secrets
         FROM ${table} WHERE ${column} LIKE 'v_.%' GROUP BY 1`,
    );
    for (const { prefix, secrets } of rows) {
      const [kind, id] = (prefix ?? "").split(".");
      if (!id) continue;
      const key = kind === "v1" ? `master ${id}` : id;
      used.set(key, (used.get(key) ?? 0) + secrets);
    }
  }
  return used;
}

function masterReason(id: string): string | null {
  return masters().some((master) => master.id === id) ? null : "no secret key of this process is that master";
}

function reason(open: () => unknown): string | null {
  try {
    open();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
