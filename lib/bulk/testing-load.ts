import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { gunzipSync } from "node:zlib";
import type pg from "pg";
import { from } from "pg-copy-streams";

/** For tests: loads an export as psql would, which is not on every machine. Its statements are on one line each. */
export async function loadExport(client: pg.Client, path: string): Promise<void> {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line === "" || line.startsWith("--") || line.startsWith("\\set ")) continue;
    if (!/^COPY .* FROM stdin;$/.test(line)) await client.query(line);
    else {
      const end = lines.indexOf("\\.", at);
      const rows = lines.slice(at + 1, end).map((row) => `${row}\n`);
      await pipeline(Readable.from(rows), client.query(from(line)));
      at = end;
    }
  }
}

/** For tests: every row of every table, and where every sequence stands, by name. */
export async function contentsOf(client: pg.Client): Promise<Record<string, unknown>> {
  const { rows: names } = await client.query<{ name: string; sequence: boolean }>(`
    SELECT c.oid::regclass::text AS name, relkind = 'S' AS sequence
      FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
     WHERE relkind IN ('r', 'p', 'S') AND nspname !~ '^pg_|^information_schema$' AND relname <> '_prisma_migrations'`);
  const contents: Record<string, unknown> = {};
  for (const { name, sequence } of names) {
    const columns = sequence ? "last_value, is_called" : "*";
    const question = `SELECT array_agg(t::text ORDER BY t::text) AS rows FROM (SELECT ${columns} FROM ONLY ${name}) AS t`;
    contents[name] = (await client.query(question)).rows[0].rows;
  }
  return contents;
}
