import { type CopyTarget, isFromStdin, readCopyRows, skipCopyRows } from "./copy";
import type { Dialect } from "./dialect";
import { readColumns, readNames, readTableName } from "./names";
import { skipStatement } from "./quoted";
import { readToken, type Token } from "./token";
import { readValues, type Value } from "./values";
import { peek, readLine, type Scan, skipLine, type Window } from "./window";

/** A row of a table that was asked for, as its dump wrote it. */
export type RawRow = { schema: string | null; table: string; columns: readonly string[]; values: Value[] };

export type Wanted = { tables: ReadonlySet<string>; row: (row: RawRow) => void };

type State = Wanted & {
  window: Window;
  dialect: Dialect;
  /** What USE or \connect chose last. */
  database: string | null;
  /** The columns of tables that were created, by the name with its schema. */
  columns: Map<string, string[]>;
};

/** Reads a whole dump, and hands over the rows of the wanted tables; all else is passed by. */
export function* readStatements(window: Window, dialect: Dialect, wanted: Wanted): Scan<void> {
  const state: State = { ...wanted, window, dialect, database: null, columns: new Map() };
  for (;;) {
    const token = yield* readToken(window, dialect);
    if (token.kind === "end") return;
    yield* readStatement(state, token);
  }
}

function* readStatement(state: State, first: Token): Scan<void> {
  const { window, dialect } = state;
  if (first.kind === "sign" && first.text === ";") return;
  if (first.kind === "sign" && first.text === "\\" && dialect.kind === "postgres")
    return void (yield* skipLine(window));
  const word = first.kind === "word" ? first.text.toUpperCase() : "";
  const read = Object.hasOwn(statements, word) ? statements[word] : undefined;
  if (read) yield* read(state);
  else yield* skipStatement(window, dialect);
}

const statements: Record<string, (state: State) => Scan<void>> = {
  CREATE: readCreate,
  INSERT: readInsert,
  REPLACE: readInsert,
  COPY: readCopy,
  USE: readUse,
  SET: readSet,
  DELIMITER: readDelimiter,
};

const keyOf = (schema: string | null, table: string) => JSON.stringify([schema, table]);

function* readCreate(state: State): Scan<void> {
  const { window, dialect } = state;
  let token = yield* readToken(window, dialect);
  while (isWord(token, /^(OR|REPLACE|TEMPORARY|UNLOGGED)$/i)) token = yield* readToken(window, dialect);
  if (!isWord(token, /^TABLE$/i)) return yield* rest(state, token);
  const { schema, table, next } = yield* readTableName(window, dialect, /^(IF|NOT|EXISTS)$/i);
  if (!state.tables.has(table) || !isSign(next, "(")) return yield* rest(state, next);
  state.columns.set(keyOf(schema ?? state.database, table), yield* readColumns(window, dialect));
  yield* skipStatement(window, dialect);
}

function* readInsert(state: State): Scan<void> {
  const { window, dialect } = state;
  const modifiers = /^(LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|INTO)$/i;
  const { schema, table, next } = yield* readTableName(window, dialect, modifiers);
  if (!state.tables.has(table)) return yield* rest(state, next);
  const named = isSign(next, "(") ? yield* readNames(window, dialect) : undefined;
  const home = schema ?? state.database;
  const columns = named ?? state.columns.get(keyOf(home, table));
  let token = named ? yield* readToken(window, dialect) : next;
  while (isWord(token, /^(OVERRIDING|SYSTEM|USER)$/i)) token = yield* readToken(window, dialect);
  while (isWord(token, /^VALUES?$/i)) token = yield* readToken(window, dialect);
  if (!columns)
    throw window.wrong(`Rows of ${table} come without the names of their columns, and before CREATE TABLE.`);
  const over = (yield* peek(window)) === -1;
  if (over) throw window.wrong(`The dump is cut off: it ends in the rows of ${table}.`);
  if (!isSign(token, "(")) throw window.wrong(`A statement that fills ${table} has no VALUES, and can't be read.`);
  while (isSign(token, "(")) {
    const values = yield* readValues(window, dialect);
    if (values.length !== columns.length) throw uneven(window, table, values.length, columns.length);
    state.row({ schema: home, table, columns, values });
    token = yield* readToken(window, dialect);
    if (isSign(token, ",")) token = yield* readToken(window, dialect);
    else if (token.kind !== "end") return yield* rest(state, token);
    if (token.kind === "end") throw window.wrong(`The dump is cut off: it ends in the rows of ${table}.`);
  }
  throw window.wrong(`The rows of ${table} go on with something that is no row.`);
}

function uneven(window: Window, table: string, has: number, wanted: number) {
  return window.wrong(`A row of ${table} has ${has} values for ${wanted} columns.`);
}

function* readCopy(state: State): Scan<void> {
  const { window, dialect } = state;
  const { schema, table, next } = yield* readTableName(window, dialect, /^$/);
  const home = schema ?? state.database;
  const named = isSign(next, "(") ? yield* readNames(window, dialect) : undefined;
  const first = named ? yield* readToken(window, dialect) : next;
  const { fromStdin, plain } = yield* isFromStdin(window, dialect, first);
  if (!fromStdin) return;
  yield* skipLine(window);
  if (!state.tables.has(table)) return yield* skipCopyRows(window);
  if (!plain) throw window.wrong(`The rows of ${table} are written as CSV or binary, and can't be read.`);
  const columns = named ?? state.columns.get(keyOf(home, table));
  if (!columns) throw window.wrong(`Rows of ${table} come without the names of their columns.`);
  const target: CopyTarget = { table, columns, row: (values) => state.row({ schema: home, table, columns, values }) };
  yield* readCopyRows(window, target);
}

function* readUse(state: State): Scan<void> {
  const token = yield* readToken(state.window, state.dialect);
  if (token.kind === "name" || token.kind === "word") state.database = token.text;
  yield* rest(state, token);
}

/** What changes how the rest is to be read: the encoding, and what a backslash and "…" mean. */
function* readSet(state: State): Scan<void> {
  const { window, dialect } = state;
  const words: string[] = [];
  for (;;) {
    const token = yield* readToken(window, dialect);
    if (token.kind === "end" || isSign(token, ";")) break;
    if (words.length < 20) words.push(token.kind === "text" ? token.bytes.toString("latin1") : token.text);
  }
  const line = words.join(" ");
  if (dialect.kind === "mysql" && /sql_mode/i.test(line)) {
    dialect.backslash = !/NO_BACKSLASH_ESCAPES/i.test(line);
    dialect.doubleIsName = /ANSI/i.test(line);
  }
  const [, encoding] = /^(?:NAMES|client_encoding (?:=|TO)) (\S+)/i.exec(line) ?? [];
  if (encoding) setEncoding(window, dialect, encoding);
}

function setEncoding(window: Window, dialect: Dialect, name: string): void {
  if (/^(utf-?8(mb[34])?|binary|sql_ascii|ascii|default)$/i.test(name)) dialect.encoding = "utf-8";
  else if (/^(latin1|win1252)$/i.test(name)) dialect.encoding = "windows-1252";
  else throw window.wrong(`The dump is in the encoding ${name.slice(0, 40)}. Make it anew in UTF-8.`);
}

/** The mysql client's own word: until it says ";" again, there are bodies of routines, of which nothing is wanted. */
function* readDelimiter(state: State): Scan<void> {
  const { window } = state;
  let mark = (yield* readLine(window)).toString("latin1").trim();
  while (mark !== ";") {
    const line = (yield* readLine(window)).toString("latin1");
    const [, again] = /^DELIMITER\s+(\S+)/i.exec(line) ?? [];
    mark = again ?? mark;
    if (line === "" && window.ended && window.at >= window.chunk.length) return;
  }
}

/** Goes to the end of a statement of which a token was read already. */
function* rest({ window, dialect }: State, token: Token): Scan<void> {
  if (!isSign(token, ";") && token.kind !== "end") yield* skipStatement(window, dialect);
}

const isSign = (token: Token, text: string) => token.kind === "sign" && token.text === text;
const isWord = (token: Token, words: RegExp) => token.kind === "word" && words.test(token.text);
