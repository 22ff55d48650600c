import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from } from "pg-copy-streams";
import { AppError } from "@/lib/kernel/errors";
import { beginning } from "@/lib/kernel/foreign-text";
import { quoteName } from "@/lib/platform/postgres";
import { type Table, tablesOf } from "./export-catalog";
import { importFault } from "./import-fault";
import { relax } from "./import-relax";
import { type Step, stepOf } from "./import-rules";
import { faultAt, type Part, readScript } from "./import-script";

/** What was put in. */
export type Loaded = { rows: number; statements: number };

export type LoadOptions = {
  /** Whether rows that are there (migrations put them in) make way; else the tables have to be empty. */
  clear: boolean;
  /** Called before the commit, with the transaction's id, by which one can ask later what became of it. */
  beforeCommit: (loaded: Loaded, transaction: string) => Promise<void>;
};

const begin = `
  BEGIN; SET LOCAL lock_timeout = '10s'; SET LOCAL search_path = public; SET LOCAL client_encoding = 'UTF8';
  SET LOCAL standard_conforming_strings = on; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL xmloption = content`;

/**
 * Puts an export into the database of the connection, which is the tenant's own role's, in one transaction: all of it
 * or nothing. Only data is taken. Throws `conflict` with the line of what can't be taken.
 */
export async function load(client: pg.Client, chunks: AsyncIterable<Buffer>, options: LoadOptions): Promise<Loaded> {
  await client.query(begin);
  try {
    const tables = await ownTables(client);
    await makeRoom(client, tables, options.clear);
    const restore = await relax(client, tables);
    const { loaded, sequences } = await follow(client, readScript(chunks));
    await restore().catch((cause: unknown) => {
      throw atTheEnd(cause);
    });
    for (const one of sequences) await moveSequence(client, one);
    const { rows } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
    await options.beforeCommit(loaded, rows[0]?.id ?? "");
    await client.query("COMMIT");
    return loaded;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** What belongs to others is not the tenant's to fill; rows for it are refused where they stand. */
async function ownTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT oid::int8 AS id FROM pg_class WHERE relkind IN ('r', 'p') AND pg_get_userbyid(relowner) = current_user",
  );
  const own = new Set(rows.map(({ id }) => Number(id)));
  return (await tablesOf(client)).filter(({ id }) => own.has(id));
}

/** Keys that are checked when all rows are in are of no line. */
function atTheEnd(cause: unknown): unknown {
  const fault = importFault(0, cause);
  if (!(fault instanceof AppError)) return fault;
  const words = fault.message.replace(/^Line 0 of the file: /, "When all rows were in: ");
  return new AppError(fault.code, words, { cause, ...(fault.reason && { reason: fault.reason }) });
}

/** Nobody else writes meanwhile, and no row is there. */
async function makeRoom(client: pg.Client, tables: readonly Table[], clear: boolean): Promise<void> {
  if (tables.length === 0) return;
  const names = tables.map(({ name }) => name).join(", ");
  if (clear) return void (await client.query(`TRUNCATE ${names}`));
  await client.query(`LOCK TABLE ${names} IN EXCLUSIVE MODE`);
  for (const { name } of tables) {
    const { rows } = await client.query<{ some: boolean }>(`SELECT EXISTS (SELECT FROM ${name}) AS some`);
    if (!rows[0]?.some) continue;
    const words = `The table ${beginning(name, 140)} has rows already. Import into an empty database, or with "replace".`;
    throw new AppError("conflict", words, { reason: "not_empty" });
  }
}

type Placed = { line: number; sequence: string; value: string; called: boolean };

async function follow(client: pg.Client, parts: AsyncIterable<Part>): Promise<{ loaded: Loaded; sequences: Placed[] }> {
  const loaded = { rows: 0, statements: 0 };
  const sequences: Placed[] = [];
  let [begunAt, committed] = [0, false];
  for await (const part of parts) {
    const step = stepOf(part.text);
    const { line } = part;
    if (step.do === "refuse") throw faultAt(line + step.below, `${step.words} Nothing was imported.`);
    if (committed && step.do !== "skip") throw faultAt(line, "something follows the COMMIT.");
    loaded.statements++;
    if (step.do === "begin" && begunAt > 0) throw faultAt(line, "a second transaction begins.");
    if (step.do === "begin") begunAt = line;
    else if (step.do === "commit") committed = true;
    else if (step.do === "setval") sequences.push({ ...step, line });
    else loaded.rows += await apply(client, part, step);
  }
  if (begunAt > 0 && !committed)
    throw faultAt(begunAt, "the transaction that begins here has no COMMIT: the end is missing.");
  return { loaded, sequences };
}

/** Does one statement; returns how many rows it put in. */
async function apply(client: pg.Client, part: Part, step: Step): Promise<number> {
  try {
    if (part.kind === "rows") return await copyRows(client, part, step);
    if (step.do === "defer") await client.query("SET CONSTRAINTS ALL DEFERRED");
    if (step.do === "copy") throw faultAt(part.line, "its rows are missing.");
    if (step.do !== "insert") return 0;
    // As a prepared statement it can't be two: what the reader took for text could not be one.
    return (await client.query({ text: part.text, queryMode: "extended" } as pg.QueryConfig)).rowCount ?? 0;
  } catch (cause) {
    throw importFault(part.line, cause);
  }
}

async function copyRows(client: pg.Client, part: Part & { kind: "rows" }, step: Step): Promise<number> {
  if (step.do !== "copy") throw faultAt(part.line, "rows follow only on COPY.");
  if (step.skipped) {
    for await (const _ of part.rows);
    return 0;
  }
  const copy = client.query(from(step.sql));
  try {
    await pipeline(Readable.from(part.rows), copy);
    return copy.rowCount;
  } finally {
    // pg waits for this call with the timer of its query_timeout; the library of the copy does not make it.
    (copy as { callback?: () => void }).callback?.();
  }
}

/** RESTART gives the sequence a file of its own in this transaction, with which what setval does is taken back. */
async function moveSequence(client: pg.Client, { line, sequence, value, called }: Placed): Promise<void> {
  try {
    const { rows } = await client.query<{ id: string; schema: string; name: string }>(
      `SELECT c.oid::text AS id, n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = to_regclass($1) AND c.relkind = 'S'`,
      [sequence],
    );
    const [found] = rows;
    if (!found) throw faultAt(line, "there is no sequence of this name.");
    await client.query(`ALTER SEQUENCE ${quoteName(found.schema)}.${quoteName(found.name)} RESTART`);
    await client.query("SELECT pg_catalog.setval($1::oid::regclass, $2::bigint, $3)", [found.id, value, called]);
  } catch (cause) {
    throw importFault(line, cause);
  }
}
