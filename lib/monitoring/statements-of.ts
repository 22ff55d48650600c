import type pg from "pg";
import type { OutputOf } from "@/lib/kernel/contract";
import { quoteName } from "@/lib/platform/postgres";
import type { tenantStatementsContract } from "./contract-statements";

type Told = OutputOf<typeof tenantStatementsContract>;

/** What a server knows of one database's statements. */
export type Statements = Pick<Told, "running" | "idle" | "top" | "countedSince" | "missing">;

/** Whose statements, and whether running ones may be told with their constants. */
export type Question = { database: string; limit: number; constants: boolean };

/** So many characters of a counted statement are told. */
const longest = 4000;

// Comments before a statement, and the statements that read or write rows: others may hold passwords.
const comments = String.raw`^(\s|/\*.*?\*/|--[^\n]*(\n|$))+`;
const rowsOnly = String.raw`^(select|insert|update|delete|merge|with|fetch|vacuum|analyze|autovacuum)\M`;

/**
 * Asks a server, as its administrator, what runs in a database now and what took most time there. A text that may hold a
 * secret is not among what is told, and constants only where `constants` says so.
 */
export async function statementsOf(client: pg.Client, { database, limit, constants }: Question): Promise<Statements> {
  const found = await counterOf(client);
  const source = found.schema === null ? null : `${quoteName(found.schema)}.pg_stat_statements`;
  const running = await runningIn(client, source, { database, limit, constants });
  const idle = await client.query<{ idle: number }>(
    "SELECT count(*)::int AS idle FROM pg_stat_activity WHERE datname = $1 AND state = 'idle'",
    [database],
  );
  return {
    running,
    idle: idle.rows[0]?.idle ?? 0,
    top: source === null ? null : await topIn(client, source, { database, limit }),
    countedSince: found.schema === null ? null : await countedSince(client, found.schema),
    missing: found.missing,
  };
}

type Counter = { schema: string; missing: null } | { schema: null; missing: "library" | "extension" };

async function counterOf(client: pg.Client): Promise<Counter> {
  const { rows } = await client.query<{ schema: string | null; loaded: boolean }>(
    `SELECT (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
              WHERE e.extname = 'pg_stat_statements') AS schema,
            current_setting('shared_preload_libraries') LIKE '%pg_stat_statements%' AS loaded`,
  );
  const [answer] = rows;
  if (!answer?.loaded) return { schema: null, missing: "library" };
  return answer.schema === null ? { schema: null, missing: "extension" } : { schema: answer.schema, missing: null };
}

type Row = NonNullable<Told["running"]>[number];

// Where several statements were sent as one text, that text is never told: a later one may set a password.
async function runningIn(client: pg.Client, source: string | null, { database, limit, constants }: Question) {
  const normalised =
    source === null
      ? "NULL::text"
      : `(SELECT s.query FROM ${source} s WHERE s.dbid = a.datid AND s.queryid = (to_jsonb(a) ->> 'query_id')::bigint LIMIT 1)`;
  const { rows } = await client.query<Row & { full: string | null; normal: string | null; command: string | null }>(
    `SELECT pid, kind, state, seconds, "transactionSeconds", "waitsFor", "blockedBy", role, application, client,
            CASE WHEN "full" ~* $3 AND "full" !~ ';\\s*\\S' THEN left("full", 300) END AS "full",
            CASE WHEN normal ~* $3 THEN left(normal, 300) END AS normal, upper(substring("full" FROM '^\\w+')) || ' …' AS command
       FROM (SELECT a.pid, a.backend_type AS kind, coalesce(a.state, 'unknown') AS state,
                    extract(epoch FROM clock_timestamp() - CASE WHEN a.state = 'active' THEN a.query_start ELSE a.state_change END)::float8 AS seconds,
                    extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS "transactionSeconds",
                    a.wait_event_type || ': ' || a.wait_event AS "waitsFor",
                    CASE WHEN a.wait_event_type = 'Lock' THEN pg_blocking_pids(a.pid) ELSE '{}' END AS "blockedBy",
                    a.usename AS role, a.application_name AS application, host(a.client_addr) AS client,
                    regexp_replace(a.query, $2, '') AS "full", regexp_replace(${normalised}, $2, '') AS normal
               FROM pg_stat_activity a
              WHERE a.datname = $1 AND a.state IS DISTINCT FROM 'idle' AND a.pid <> pg_backend_pid()
                AND a.backend_type <> 'parallel worker') sessions
      ORDER BY seconds DESC NULLS LAST, pid LIMIT $4`,
    [database, comments, rowsOnly, limit],
  );
  return rows.map(({ full, normal, command, ...row }) => {
    // A vacuum names a table and nothing else.
    const told = constants || row.kind === "autovacuum worker" ? full : null;
    return { ...row, statement: told ?? normal ?? command, constants: told !== null };
  });
}

async function topIn(client: pg.Client, source: string, { database, limit }: Omit<Question, "constants">) {
  const { rows } = await client.query<NonNullable<Told["top"]>[number]>(
    `SELECT CASE WHEN length(statement) > ${longest} THEN left(statement, ${longest - 1}) || '…' ELSE statement END
              AS statement, calls, "totalMs", "totalMs" / nullif(calls, 0) AS "meanMs", rows,
            "totalMs" / nullif("allMs", 0) AS share
       FROM (SELECT min(regexp_replace(s.query, $2, '')) AS statement, sum(s.calls)::float8 AS calls,
                    sum(s.total_exec_time)::float8 AS "totalMs", sum(s.rows)::float8 AS rows,
                    (sum(sum(s.total_exec_time)) OVER ())::float8 AS "allMs"
               FROM ${source} s WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = $1)
              GROUP BY s.queryid) counted
      WHERE statement ~* $3 AND calls > 0 ORDER BY "totalMs" DESC LIMIT $4`,
    [database, comments, rowsOnly, limit],
  );
  return rows;
}

async function countedSince(client: pg.Client, schema: string): Promise<string | null> {
  const view = `${quoteName(schema)}.pg_stat_statements_info`;
  const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [view]);
  if (!rows[0]?.there) return null;
  const info = await client.query<{ since: Date | null }>(`SELECT stats_reset AS since FROM ${view}`);
  return info.rows[0]?.since?.toISOString() ?? null;
}
