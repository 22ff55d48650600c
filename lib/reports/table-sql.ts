import type { z } from "zod";
import { actorId, type Ctx } from "@/lib/gate/context";
import { csvField, csvWritten } from "@/lib/kernel/csv";
import { Prisma } from "@/lib/platform/prisma";
import { openSnapshot, type Snapshot } from "@/lib/platform/snapshot";
import { ByteLines } from "./byte-lines";
import type { TableShape } from "./contract-table";
import type { Input, OpenTable, ReportTable } from "./table";

/** A column as SQL; one that is `plain` comes as text that CSV takes as it is: a number, a time, an id. */
export type SqlColumn = {
  of: Prisma.Sql;
  plain: boolean;
  /** What is made of its text before it is written, where SQL can't. */
  show?: (text: string) => string | number | boolean | null;
};

/** Where a table's rows stand: its columns, `FROM … WHERE …`, and their order. */
export type SqlRows<Name extends string> = {
  columns: Record<Name, SqlColumn>;
  from: Prisma.Sql;
  order: Prisma.Sql;
};

/** Words that somebody wrote: they are quoted, and kept from being run. */
export const words = (of: Prisma.Sql): SqlColumn => ({ of: Prisma.sql`(${of})::text`, plain: false });

/** What `show` makes of a text, for words that only code can find. */
export const shown = (of: Prisma.Sql, show: NonNullable<SqlColumn["show"]>): SqlColumn => ({ ...words(of), show });

/** A number, truth value or id. */
export const plain = (of: Prisma.Sql): SqlColumn => ({ of: Prisma.sql`(${of})::text`, plain: true });

/** A time in ISO 8601, UTC, with milliseconds, as the API has it. */
export const time = (of: Prisma.Sql): SqlColumn => ({
  of: Prisma.sql`to_char((${of}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  plain: true,
});

/** Rows that are held at once. */
const batch = 500;

/**
 * A table that is read by SQL, in one snapshot, of which only some rows are held. `read` says where the rows stand that
 * `ctx.actor` may know of.
 */
export function sqlTable<Filter extends z.ZodRawShape, Name extends string>(
  shape: TableShape<Filter, Name>,
  read: (ctx: Ctx, input: Input<Filter, Name>) => SqlRows<Name> | Promise<SqlRows<Name>>,
): ReportTable<Filter, Name> {
  return {
    shape,
    open: async (ctx, input, names) => {
      const rows = await read(ctx, input);
      const snapshot = await openSnapshot(actorId(ctx.actor) ?? ctx.actor.kind, ctx.signal);
      const fields = fieldsOf(names.map((name) => rows.columns[name]));
      const select = Prisma.join(fields.map(({ of }) => of));
      try {
        await snapshot.begin(Prisma.sql`SELECT ${select} FROM ${rows.from} ORDER BY ${rows.order}`);
      } catch (error) {
        await snapshot.close();
        throw error;
      }
      return opened(snapshot, rows.from, fields);
    },
  };
}

function opened(snapshot: Snapshot, from: Prisma.Sql, fields: readonly SqlColumn[]): OpenTable {
  const close = () => snapshot.close();
  return {
    total: async () => Number((await snapshot.ask(Prisma.sql`SELECT count(*) FROM ${from}`))[0]?.[0] ?? 0),
    lines: linesOf(snapshot, fields),
    close,
  };
}

async function* linesOf(snapshot: Snapshot, fields: readonly SqlColumn[]): OpenTable["lines"] {
  const writers = fields.map(writerOf);
  const lines = new ByteLines();
  try {
    for (;;) {
      const rows = await snapshot.next(batch);
      for (const row of rows) {
        for (let index = 0; index < writers.length; index++) {
          if (index > 0) lines.write(",");
          lines.write(writers[index]?.(row[index] ?? null) ?? "");
        }
        lines.write("\r\n");
      }
      const read = rows.length;
      // What awaited them lives on for a while, and would keep them: megabytes at the speed at which they come.
      rows.length = 0;
      if (read > 0) yield { text: lines.take(), rows: read };
      if (read < batch) return;
    }
  } finally {
    await snapshot.close();
  }
}

function writerOf({ plain, show }: SqlColumn): (value: string | null) => string {
  if (plain) return (value) => csvWritten(value ?? "");
  return show ? (value) => csvField(value === null ? null : show(value)) : csvField;
}

/** PostgreSQL takes a hundred arguments of a function: a value and a comma each. */
const together = 45;

/** Plain columns side by side become one field with commas in it: PostgreSQL writes it many times as fast as we would. */
function fieldsOf(columns: readonly SqlColumn[]): SqlColumn[] {
  const fields: SqlColumn[] = [];
  let side: Prisma.Sql[] = [];
  const end = () => {
    if (side.length > 0) fields.push({ of: Prisma.sql`concat(${Prisma.join(side, ", ',', ")})`, plain: true });
    side = [];
  };
  for (const column of columns) {
    if (!column.plain || side.length >= together) end();
    if (column.plain) side.push(column.of);
    else fields.push(column);
  }
  end();
  return fields;
}
