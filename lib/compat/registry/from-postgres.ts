import pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import type { SourceRow } from "../dump/read-dump";
import type { TableNames } from "./gather";

const portion = 1000;

/** Reads the two tables of a PostgreSQL database as of one moment, in a transaction that can't write. */
export async function readPostgres(url: string, names: TableNames, onRow: (row: SourceRow) => void): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: "tenantry",
  });
  client.on("error", () => undefined);
  try {
    await client.connect().catch((cause: Error) => {
      throw new AppError("unavailable", `The database can't be reached: ${cause.message}`, { cause });
    });
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    for (const table of [names.tenants, names.domains]) await readTable(client, names.schema ?? null, table, onRow);
    await client.query("ROLLBACK");
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readTable(
  client: pg.Client,
  schema: string | null,
  table: string,
  onRow: (row: SourceRow) => void,
): Promise<void> {
  const name = `${schema === null ? "" : `${pg.escapeIdentifier(schema)}.`}${pg.escapeIdentifier(table)}`;
  const { rows: found } = await client.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [name]);
  if (!found[0]?.there)
    throw new AppError("invalid", `The database has no table ${name}. If it has another name, say which.`);
  await client.query(`DECLARE registry NO SCROLL CURSOR FOR SELECT to_jsonb(t) AS row FROM ${name} AS t`);
  for (;;) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(`FETCH ${portion} FROM registry`);
    for (const { row } of rows) onRow({ schema, table, values: asTexts(row), damaged: [] });
    if (rows.length < portion) break;
  }
  await client.query("CLOSE registry");
}

/** Every value as a dump would have it: as text. */
function asTexts(row: Record<string, unknown>): Record<string, string | null> {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    value === null ? null : typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  return Object.fromEntries(entries) as Record<string, string | null>;
}
