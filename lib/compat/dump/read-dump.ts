import { type Dialect, dialectOf } from "./dialect";
import { type RawRow, readStatements } from "./statements";
import type { Value } from "./values";
import { Window } from "./window";

/** A row of a table that was asked for. `damaged`: columns whose value is no text of the dump's encoding, or an expression. */
export type SourceRow = {
  schema: string | null;
  table: string;
  values: Record<string, string | null>;
  damaged: string[];
};

export type DumpRead = { bytes: number; kind: Dialect["kind"] };

const beginning = 64 * 1024;

/**
 * Reads a dump as MySQL, MariaDB, phpMyAdmin and pg_dump write them, and hands over the rows of some tables, in order.
 * It holds one chunk and one row in memory, however large the dump is. Throws `invalid`, saying where, for what is cut
 * off or can't be read.
 */
export async function readDump(
  chunks: AsyncIterable<Uint8Array>,
  tables: ReadonlySet<string>,
  onRow: (row: SourceRow) => void,
): Promise<DumpRead> {
  const source = chunks[Symbol.asyncIterator]();
  const window = new Window();
  const tail = new Tail();
  const next = async () => {
    const { value, done } = await source.next();
    if (done !== true) tail.add(value);
    return done === true ? null : value;
  };
  try {
    const first = await firstBytes(next);
    const head = first.toString("latin1", 0, beginning);
    const dialect = dialectOf(head);
    const scan = readStatements(window, dialect, { tables, row: (row) => onRow(decoded(row, dialect)) });
    window.give(first);
    while (scan.next().done !== true) window.give(await next());
    if (isCutOff(head, tail.text()))
      throw window.wrong("The dump is cut off: its last line, which says so, is missing.");
    return { bytes: window.position, kind: dialect.kind };
  } finally {
    await source.return?.();
  }
}

/** Enough of a dump to tell who wrote it. */
async function firstBytes(next: () => Promise<Uint8Array | null>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let size = 0; size < beginning; ) {
    const chunk = await next();
    if (chunk === null) break;
    parts.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(parts);
}

/** The programs that say at a dump's beginning who they are, and at its end that it is whole. */
const wholes = [
  { begins: /^-- (MySQL|MariaDB) dump /m, ends: "-- Dump completed" },
  { begins: /^-- PostgreSQL database dump\r?$/m, ends: "-- PostgreSQL database dump complete" },
];

function isCutOff(head: string, tail: string): boolean {
  const one = wholes.find(({ begins }) => begins.test(head));
  return one !== undefined && !tail.includes(one.ends);
}

/** The last bytes that went by. */
class Tail {
  private bytes: Uint8Array = new Uint8Array(0);

  add(chunk: Uint8Array): void {
    const most = 4096;
    this.bytes = chunk.length >= most ? chunk.slice(-most) : Buffer.concat([this.bytes, chunk]).subarray(-most);
  }

  text(): string {
    return Buffer.from(this.bytes).toString("latin1");
  }
}

function decoded({ schema, table, columns, values }: RawRow, { encoding }: Dialect): SourceRow {
  const row: SourceRow = { schema, table, values: {}, damaged: [] };
  for (const [index, column] of columns.entries()) {
    const text = textOf(values[index], encoding);
    row.values[column] = text ?? null;
    if (text === undefined) row.damaged.push(column);
  }
  return row;
}

/** undefined for what can't be told. */
function textOf(value: Value | undefined, encoding: Dialect["encoding"]): string | null | undefined {
  if (!value || "unread" in value) return undefined;
  if ("null" in value) return null;
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(value.bytes);
  } catch {
    return undefined;
  }
}
