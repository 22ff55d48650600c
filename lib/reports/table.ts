import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import type { AnyTableShape, TableShape } from "./contract-table";

/** A table's rows on their way out, as lines of CSV. */
export type OpenTable = {
  /** How many rows there are; null: it is not known before they are read. */
  total(): Promise<number | null>;
  /** The rows, some at a time. */
  lines: AsyncGenerator<{ text: string | Uint8Array; rows: number }, void, undefined>;
  /** Gives back what is held, also where no row was asked for. It may be called again. */
  close(): Promise<void>;
};

/** A table that can be had as CSV, with where its rows come from. */
export type ReportTable<Filter extends z.ZodRawShape = z.ZodRawShape, Name extends string = string> = {
  shape: TableShape<Filter, Name>;
  /** Finds the rows with these columns, of what `ctx.actor` may know of. Throws AppError for an input that fits none. */
  open(ctx: Ctx, input: Input<Filter, Name>, columns: readonly Name[]): Promise<OpenTable>;
};

/** What a table is asked for by, parsed. */
export type Input<Filter extends z.ZodRawShape, Name extends string> = z.output<TableShape<Filter, Name>["input"]>;

/** A table whose exact types do not matter to the caller. */
export type AnyTable = {
  shape: AnyTableShape;
  open(ctx: Ctx, input: never, columns: readonly never[]): Promise<OpenTable>;
};

/** The columns that were asked for: those that are named, in that order, or all. */
export function columnsOf({ shape }: AnyTable, { columns }: { columns?: unknown }): string[] {
  const named = Array.isArray(columns) ? columns.map(String) : [];
  return named.length > 0 ? named : Object.keys(shape.columns);
}

/** Opens a table by an input that its shape has parsed. */
export async function openTable(table: AnyTable, ctx: Ctx, input: object): Promise<OpenTable> {
  return await table.open(ctx, input as never, columnsOf(table, input) as never[]);
}
