import type { Ctx } from "@/lib/gate/context";
import { byteOrderMark, csvLine } from "@/lib/kernel/csv";
import { dayWords } from "./day-words";
import type { AnyKind, Progress } from "./kind";
import { type AnyTable, columnsOf, openTable } from "./table";

/** What a file of CSV begins with: the mark without which Excel takes UTF-8 for something else, and the columns' names. */
export const headOf = (columns: readonly string[]): string => `${byteOrderMark}${csvLine(columns)}`;

/** A table as a kind of report. */
export function kindOf(table: AnyTable): AnyKind {
  const { name, words, access, scoped, columns, title } = table.shape;
  return {
    ...{ name, format: "csv", words, access },
    ...(scoped && { scoped }),
    input: table.shape.input,
    columns: Object.entries(columns).map(([column, told]) => ({ name: column, words: told })),
    title: (input: object) => `${title}${periodWords(input)}`,
    make: (ctx: Ctx, input: object, progress: Progress) => make(table, ctx, input, progress),
  };
}

async function* make(
  table: AnyTable,
  ctx: Ctx,
  input: object,
  progress: Progress,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  yield headOf(columnsOf(table, input));
  const opened = await openTable(table, ctx, input);
  try {
    const total = await opened.total();
    progress(0, total);
    let rows = 0;
    for await (const piece of opened.lines) {
      rows += piece.rows;
      yield piece.text;
      progress(rows, total);
    }
  } finally {
    await opened.close();
  }
}

const spans: Record<string, string> = { "1h": "hour", "6h": "6 hours", "24h": "24 hours", "1y": "year" };

/** The period that an input names, for a title: ", last 7 days". */
function periodWords(input: object): string {
  const { range, from, to, tz } = input as { range?: string; from?: string; to?: string; tz?: string };
  if (from !== undefined) return `, ${dayWords(from, tz)} to ${to === undefined ? "now" : dayWords(to, tz)}`;
  if (range !== undefined) return `, last ${spans[range] ?? range.replace("d", " days")}`;
  return to === undefined ? "" : `, up to ${dayWords(to, tz)}`;
}
