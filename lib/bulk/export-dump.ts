import type pg from "pg";
import { type CopyToStreamQuery, to } from "pg-copy-streams";
import { quoteText } from "@/lib/platform/postgres";
import { migrationsOf, referencesOf, sequencesOf, type Table, tablesOf } from "./export-catalog";
import { loadOrder } from "./export-order";

/** Whose data it is, for the head of the file. */
export type About = { slug: string; name: string; database: string; at: Date };

/** What a dump held, once it is through. */
export type Dumped = { tables: number; rows: number };

// As the file says for its loading, so that both sides write and read values alike.
const plain = ["client_encoding = 'UTF8'", "DateStyle = 'ISO'", "IntervalStyle = 'postgres'", "xmloption = content"];

const begin = `
  BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
  SET LOCAL search_path = ''; SET LOCAL row_security = off; SET LOCAL lock_timeout = '10s'; SET LOCAL bytea_output = hex;
  ${plain.map((setting) => `SET LOCAL ${setting}`).join("; ")}`;

/**
 * All rows of a tenant's database as SQL that psql loads into one with the same migrations, as of one moment. No table
 * is held: rows are read as fast as they are taken. `dumped` is told at the end.
 */
export async function* dump(
  client: pg.Client,
  about: About,
  dumped: (result: Dumped) => void,
): AsyncGenerator<string | Buffer, void, undefined> {
  await client.query(begin);
  const tables = (await tablesOf(client)).filter(({ columns }) => columns.length > 0);
  const readable = tables.filter((table) => table.readable);
  // Nobody changes their structure until the end.
  const held = readable.map(({ name, partitioned }) => (partitioned ? name : `ONLY ${name}`));
  if (held.length > 0) await client.query(`LOCK TABLE ${held.join(", ")} IN ACCESS SHARE MODE`);
  yield head(about, await migrationsOf(client));
  for (const { name } of tables.filter((table) => !table.readable)) yield remark(`Left out, not to be read: ${name}`);
  const copies: CopyToStreamQuery[] = [];
  for (const group of await groups(client, readable)) {
    if (group.length > 1) yield cycle(group);
    for (const table of group) yield* rowsOf(client, table, copies);
  }
  for (const { name, value, called } of await sequencesOf(client))
    yield `SELECT pg_catalog.setval(${quoteText(name)}, ${value}, ${called});\n`;
  yield "\nCOMMIT;\n";
  await client.query("COMMIT");
  dumped({ tables: readable.length, rows: copies.reduce((sum, { rowCount }) => sum + rowCount, 0) });
}

async function groups(client: pg.Client, tables: readonly Table[]): Promise<Table[][]> {
  const byId = new Map(tables.map((table) => [table.id, table]));
  const order = loadOrder([...byId.keys()], await referencesOf(client));
  return order.map((group) => group.flatMap((id) => byId.get(id) ?? []));
}

async function* rowsOf(client: pg.Client, table: Table, copies: CopyToStreamQuery[]) {
  const { name, partitioned } = table;
  const columns = table.columns.join(", ");
  yield `\nCOPY ${name} (${columns}) FROM stdin;\n`;
  const source = partitioned ? `(SELECT ${columns} FROM ${name})` : `${name} (${columns})`;
  const copy = client.query(to(`COPY ${source} TO STDOUT`));
  copies.push(copy);
  // When the connection is cut after nobody reads any more, the error has no other listener.
  copy.on("error", () => undefined);
  try {
    yield* copy;
  } finally {
    // pg waits for this call with the timer of its query_timeout; the library of the copy does not make it.
    (copy as { callback?: () => void }).callback?.();
  }
  yield "\\.\n";
}

function head({ slug, name, database, at }: About, migrations: string[] | null): string {
  const newest =
    migrations === null ? "no record of them" : `${migrations.length}, the newest ${migrations.at(-1) ?? "none"}`;
  return [
    remark(`The data of tenant ${slug} (${name}), from its database ${database}, as of ${at.toISOString()}`),
    remark(`Migrations: ${newest}`),
    remark("To load it: apply the same migrations to an empty database, then"),
    remark("  gunzip -c <this file> | psql -X -d <the database>"),
    remark("All of it is loaded or nothing. Triggers and defaults of the schema act as for any other INSERT."),
    "\\set ON_ERROR_STOP on\nBEGIN;\n",
    ...plain.map((setting) => `SET LOCAL ${setting};\n`),
    "SET CONSTRAINTS ALL DEFERRED;\n",
  ].join("");
}

function cycle(group: readonly Table[]): string {
  const names = group.map(({ name }) => name).join(", ");
  return `\n${remark(`These refer to one another: ${names}`)}${remark(
    "Unless their foreign keys are DEFERRABLE, load as a superuser with: SET session_replication_role = replica;",
  )}`;
}

/** A comment. What it quotes is the tenant's to choose: a line break in it would begin a statement. */
const remark = (text: string) => `-- ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")}\n`;
