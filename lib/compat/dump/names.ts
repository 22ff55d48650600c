import type { Dialect } from "./dialect";
import { readToken, type Token } from "./token";
import type { Scan, Window } from "./window";

export type TableName = { schema: string | null; table: string; next: Token };

/** A table's name, with its schema where that is told, and the token behind it. Words before it are passed by. */
export function* readTableName(window: Window, dialect: Dialect, before: RegExp): Scan<TableName> {
  let token = yield* readToken(window, dialect);
  while (token.kind === "word" && before.test(token.text)) token = yield* readToken(window, dialect);
  const parts: string[] = [];
  for (;;) {
    if (token.kind === "end") throw window.wrong("The dump is cut off: it ends in the middle of a statement.");
    if (token.kind !== "word" && token.kind !== "name") return { schema: null, table: "", next: token };
    parts.push(nameOf(token.text, token.kind, dialect));
    const next = yield* readToken(window, dialect);
    if (next.kind !== "sign" || next.text !== ".") return { ...named(parts), next };
    token = yield* readToken(window, dialect);
  }
}

function named(parts: string[]): { schema: string | null; table: string } {
  return { schema: parts.at(-2) ?? null, table: parts.at(-1) ?? "" };
}

/** PostgreSQL folds names without quotes. */
function nameOf(text: string, kind: "word" | "name", dialect: Dialect): string {
  return kind === "word" && dialect.kind === "postgres" ? text.toLowerCase() : text;
}

/** Names between ( and ), of which the opening one has been read. */
export function* readNames(window: Window, dialect: Dialect): Scan<string[]> {
  const names: string[] = [];
  for (;;) {
    const token = yield* readToken(window, dialect);
    if (token.kind === "end") throw window.wrong("The dump is cut off: it ends in the middle of a statement.");
    if (token.kind === "sign" && token.text === ")") return names;
    if (token.kind === "word" || token.kind === "name") names.push(nameOf(token.text, token.kind, dialect));
  }
}

/** Words with which a part of a table's definition begins that is no column. */
const notColumns = /^(PRIMARY|KEY|UNIQUE|INDEX|CONSTRAINT|FOREIGN|FULLTEXT|SPATIAL|CHECK|EXCLUDE|LIKE|PERIOD)$/i;

/** The columns of a table's definition, of which the opening ( has been read. */
export function* readColumns(window: Window, dialect: Dialect): Scan<string[]> {
  const columns: string[] = [];
  for (let depth = 0, begins = true; ; ) {
    const token = yield* readToken(window, dialect);
    if (token.kind === "end") throw window.wrong("The dump is cut off: it ends in the middle of a table's definition.");
    const sign = token.kind === "sign" ? token.text : "";
    if (depth === 0 && sign === ")") return columns;
    depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    if (begins && (token.kind === "name" || (token.kind === "word" && !notColumns.test(token.text)))) {
      columns.push(nameOf(token.text, token.kind, dialect));
    }
    begins = depth === 0 && sign === ",";
  }
}
