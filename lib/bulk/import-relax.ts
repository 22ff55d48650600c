import type pg from "pg";
import { quoteName } from "@/lib/platform/postgres";
import { referencesOf, type Table } from "./export-catalog";
import { loadOrder } from "./export-order";

type Named = { schema: string; table: string; name: string };

const on = ({ schema, table }: Named): string => `ALTER TABLE ONLY ${quoteName(schema)}.${quoteName(table)}`;

/**
 * Lets data in as it is, in the running transaction: triggers rest, since what they did is in the data, and foreign keys
 * that lead in a circle are checked at the end. Returns what puts both back.
 */
export async function relax(client: pg.Client, tables: readonly Table[]): Promise<() => Promise<void>> {
  const [triggers, circular] = [await triggersOf(client), await circularOf(client, tables)];
  for (const one of triggers) await client.query(`${on(one)} DISABLE TRIGGER ${quoteName(one.name)}`);
  for (const one of circular)
    await client.query(`${whole(one)} ALTER CONSTRAINT ${quoteName(one.name)} DEFERRABLE INITIALLY DEFERRED`);
  return async () => {
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    for (const one of circular)
      await client.query(`${whole(one)} ALTER CONSTRAINT ${quoteName(one.name)} NOT DEFERRABLE`);
    for (const one of triggers)
      await client.query(`${on(one)} ENABLE ${one.always ? "ALWAYS " : ""}TRIGGER ${quoteName(one.name)}`);
  };
}

/** A constraint of a partitioned table is changed with those of its partitions. */
const whole = (one: Named): string => on(one).replace("ONLY ", "");

const owned = "pg_get_userbyid(c.relowner) = current_user";

async function triggersOf(client: pg.Client): Promise<(Named & { always: boolean })[]> {
  const { rows } = await client.query<Named & { always: boolean }>(`
    SELECT n.nspname AS schema, c.relname AS table, g.tgname AS name, g.tgenabled = 'A' AS always
      FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT g.tgisinternal AND g.tgenabled IN ('O', 'A') AND c.relkind IN ('r', 'p') AND ${owned}
     ORDER BY c.relkind = 'p' DESC, 1, 2, 3`);
  return rows;
}

/** The foreign keys between tables that refer to one another, where they are not deferrable as they are. */
async function circularOf(client: pg.Client, tables: readonly Table[]): Promise<Named[]> {
  const order = loadOrder(
    tables.map(({ id }) => id),
    await referencesOf(client),
  );
  const circles = order.filter((group) => group.length > 1).flat();
  if (circles.length === 0) return [];
  const { rows } = await client.query<Named>(
    `SELECT n.nspname AS schema, c.relname AS table, f.conname AS name
       FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE f.contype = 'f' AND NOT f.condeferrable AND f.conparentid = 0 AND ${owned}
        AND f.conrelid = ANY($1::oid[]) AND f.confrelid = ANY($1::oid[]) ORDER BY 1, 2, 3`,
    [circles],
  );
  return rows;
}
