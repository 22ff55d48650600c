import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { csvLine } from "@/lib/kernel/csv";
import { AppError } from "@/lib/kernel/errors";
import type { TableShape } from "./contract-table";
import type { Input, OpenTable, ReportTable } from "./table";

/** A row with a value for each column; null is unknown. */
export type Row<Name extends string> = Record<Name, string | number | boolean | null>;

/**
 * A table that is read through an operation, a page after the other: for what is small. `read` gives rows, page by page,
 * of what `ctx.actor` may know of.
 */
export function pagedTable<Filter extends z.ZodRawShape, Name extends string>(
  shape: TableShape<Filter, Name>,
  read: (ctx: Ctx, input: Input<Filter, Name>) => AsyncGenerator<Row<Name>[], void, undefined>,
): ReportTable<Filter, Name> {
  return {
    shape,
    open: async (ctx, input, names) => {
      // The first page is asked for now, so that what is wrong with the question is told before there is an answer.
      const pages = read(ctx, input);
      const first = await pages.next();
      const total = first.done === true ? 0 : null;
      return {
        total: async () => total,
        lines: linesOf(ctx, first, pages, names),
        close: async () => void (await pages.return()),
      };
    },
  };
}

async function* linesOf<Name extends string>(
  ctx: Ctx,
  first: IteratorResult<Row<Name>[], void>,
  pages: AsyncGenerator<Row<Name>[], void, undefined>,
  names: readonly Name[],
): OpenTable["lines"] {
  for (let page = first; page.done !== true; page = await pages.next()) {
    if (ctx.signal.aborted) throw new AppError("unavailable", "The reading was given up: who asked for it has gone.");
    const rows = page.value;
    if (rows.length > 0)
      yield { text: rows.map((row) => csvLine(names.map((name) => row[name]))).join(""), rows: rows.length };
  }
}

/** The rows of a single answer. */
export async function* oneAnswer<R>(ask: () => Promise<R[]>): AsyncGenerator<R[], void, undefined> {
  yield await ask();
}

/** The rows of a list that is read by its cursor. */
export async function* byCursor<Answer extends { next: string | null }, R>(
  ask: (at: { cursor?: string }) => Promise<Answer>,
  rowsOf: (answer: Answer) => R[],
): AsyncGenerator<R[], void, undefined> {
  for (let at: { cursor?: string } | undefined = {}; at; ) {
    const answer: Answer = await ask(at);
    yield rowsOf(answer);
    at = answer.next === null ? undefined : { cursor: answer.next };
  }
}

/** The rows of a list that is read by page numbers, until a page is not full. */
export async function* byNumber<R>(
  size: number,
  ask: (at: { page: number; pageSize: number }) => Promise<R[]>,
): AsyncGenerator<R[], void, undefined> {
  for (let page = 1; ; page++) {
    const rows = await ask({ page, pageSize: size });
    yield rows;
    if (rows.length < size) return;
  }
}
