import type pg from "pg";
import { quoteName } from "@/lib/platform/postgres";
import type { Reference } from "./export-order";

/** A table as its rows are copied: a partitioned one as a whole, through its root. */
export type Table = {
  id: number;
  /** Schema and name, quoted. */
  name: string;
  partitioned: boolean;
  /** Quoted; without those that are generated. */
  columns: string[];
  readable: boolean;
};

/** A sequence with its quoted name. */
export type Sequence = { name: string; value: string; called: boolean };

// What the role can find: no schemas of PostgreSQL's own, nothing that an extension brought along.
const own = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relpersistence <> 't'
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')`;

const tablesQuestion = `
  SELECT c.oid::int8 AS id, n.nspname AS schema, c.relname AS name, c.relkind = 'p' AS partitioned,
         ARRAY(SELECT attname::text FROM pg_attribute
                WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum) AS columns,
         has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations' AND ${own}
   ORDER BY n.nspname, c.relname`;

/** The tables of the database but Prisma's record of migrations, by name. */
export async function tablesOf(client: pg.Client): Promise<Table[]> {
  type Row = Omit<Table, "name"> & { schema: string; name: string };
  const { rows } = await client.query<Row>(tablesQuestion);
  return rows.map(({ schema, name, columns, ...row }) => ({
    ...row,
    id: Number(row.id),
    name: `${quoteName(schema)}.${quoteName(name)}`,
    columns: columns.map(quoteName),
  }));
}

/** Which tables refer to which; partitions stand for their whole. */
export async function referencesOf(client: pg.Client): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(`
    SELECT DISTINCT coalesce(pg_partition_root(conrelid), conrelid)::oid::int8 AS from,
           coalesce(pg_partition_root(confrelid), confrelid)::oid::int8 AS to
      FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2`);
  return rows.map(({ from, to }) => ({ from: Number(from), to: Number(to) }));
}

const sequencesQuestion = `
  SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${own} AND has_schema_privilege(n.oid, 'USAGE')
     AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'SELECT') END
   ORDER BY n.nspname, c.relname`;

/** Where every sequence stands, those of identity columns too. */
export async function sequencesOf(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(sequencesQuestion);
  const sequences: Sequence[] = [];
  for (const row of rows) {
    const name = `${quoteName(row.schema)}.${quoteName(row.name)}`;
    const state = await client.query<Sequence>(`SELECT last_value::text AS value, is_called AS called FROM ${name}`);
    if (state.rows[0]) sequences.push({ ...state.rows[0], name });
  }
  return sequences;
}

/** The table is the tenant's, who could have made it endless. */
const mostMigrations = 10_000;

/** The migrations that are applied, oldest first; null where there is no record that can be read. */
export async function migrationsOf(client: pg.Client): Promise<string[] | null> {
  const table = "public._prisma_migrations";
  const { rows: found } = await client.query("SELECT to_regclass($1) IS NOT NULL AS there", [table]);
  if (!found[0]?.there) return null;
  const { rows: may } = await client.query("SELECT has_table_privilege($1, 'SELECT') AS read", [table]);
  if (!may[0]?.read) return null;
  const { rows } = await client.query<{ name: string }>(`
    SELECT left(migration_name, 255) COLLATE "C" AS name FROM ${table}
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1 LIMIT ${mostMigrations}`);
  return rows.map(({ name }) => name);
}
