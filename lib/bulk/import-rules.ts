import { quoteName } from "@/lib/platform/postgres";
import { SqlTokens } from "./import-tokens";
import { list, row } from "./import-values";

/** What is done with a statement of a file that is imported, or why it is refused, and so many lines below its first. */
export type Step =
  | { do: "begin" | "commit" | "skip" | "defer" | "insert" }
  | { do: "copy"; skipped: boolean; sql: string }
  | { do: "setval"; sequence: string; value: string; called: boolean }
  | { do: "refuse"; words: string; below: number };

/** Settings that files begin with: what they have to be, or null where it does not matter what an import makes of them. */
const settings: Record<string, RegExp | null> = {
  client_encoding: /^utf-?8$/i,
  standard_conforming_strings: /^(?:on|true)$/i,
  datestyle: /^iso\b/i,
  intervalstyle: /^postgres$/i,
  xmloption: /^content$/i,
  ...Object.fromEntries(
    [
      "statement_timeout",
      "lock_timeout",
      "idle_in_transaction_session_timeout",
      "transaction_timeout",
      "check_function_bodies",
      "client_min_messages",
      "row_security",
      "default_tablespace",
      "default_table_access_method",
    ].map((one) => [one, null]),
  ),
};

const onlyData =
  "only data is imported: COPY … FROM stdin, INSERT and setval. Make the file with the action export-data, or with pg_dump --data-only.";
const onlyLiterals =
  "an INSERT may hold literal values only, no query, function or operator. Write out what it computes, or make the file with export-data or pg_dump --data-only.";

/** What a statement of an imported file is: data is put in, and nothing else is done. */
export function stepOf(text: string): Step {
  const tokens = new SqlTokens(text);
  const first = tokens.peek();
  const read = first.kind === "word" && Object.hasOwn(readers, first.text) ? readers[first.text] : undefined;
  if (read) tokens.take();
  return read?.(tokens) ?? refused(tokens, onlyData);
}

const refused = (tokens: SqlTokens, words: string): Step => ({ do: "refuse", words, below: tokens.line() });

type Reader = (tokens: SqlTokens) => Step | undefined;

const ends = (tokens: SqlTokens): boolean => tokens.peek().kind === "end";

const plainly =
  (step: "begin" | "commit"): Reader =>
  (tokens) => {
    if (!tokens.words("work")) tokens.words("transaction");
    return ends(tokens) ? { do: step } : undefined;
  };

const readers: Record<string, Reader> = {
  begin: plainly("begin"),
  start: (tokens) => (tokens.words("transaction") && ends(tokens) ? { do: "begin" } : undefined),
  commit: plainly("commit"),
  end: plainly("commit"),
  copy: readCopy,
  insert: readInsert,
  select: readSelect,
  set: readSet,
  alter: readAlter,
};

type Relation = { sql: string; record: boolean };

/** Prisma's record says what was applied here, not there. */
const record = (schema: string, table: string): boolean => schema === "public" && table === "_prisma_migrations";

/** A table's name with its schema or without; one with a database before it is none that dumps write. */
function relation(tokens: SqlTokens): Relation | undefined {
  const first = tokens.name();
  if (first === undefined) return undefined;
  if (!tokens.sign(".")) return { sql: quoteName(first), record: record("public", first) };
  const second = tokens.name();
  if (second === undefined) return undefined;
  return { sql: `${quoteName(first)}.${quoteName(second)}`, record: record(first, second) };
}

/** The names of columns in parentheses; none where there are none, undefined where they are not to be read. */
function columns(tokens: SqlTokens): string[] | undefined {
  if (!tokens.sign("(")) return [];
  const names: string[] = [];
  const one = () => {
    const name = tokens.name();
    return name !== undefined && names.push(name) > 0;
  };
  return list(tokens, one) && tokens.sign(")") ? names : undefined;
}

/** The statement that is sent is written anew, of the names that were read here. */
function readCopy(tokens: SqlTokens): Step | undefined {
  const target = relation(tokens);
  const names = target && columns(tokens);
  if (!target || !names || !tokens.words("from", "stdin")) return undefined;
  if (tokens.words("with") && !(tokens.sign("(") && tokens.words("format", "text") && tokens.sign(")")))
    return undefined;
  if (!ends(tokens)) return undefined;
  const listed = names.length > 0 ? ` (${names.map(quoteName).join(", ")})` : "";
  return { do: "copy", skipped: target.record, sql: `COPY ${target.sql}${listed} FROM STDIN` };
}

function readInsert(tokens: SqlTokens): Step | undefined {
  const target = tokens.words("into") ? relation(tokens) : undefined;
  if (!target) return undefined;
  if (target.record) return { do: "skip" };
  return isLiteral(tokens) ? { do: "insert" } : refused(tokens, onlyLiterals);
}

/** What pg_dump writes behind the table's name, with any of its options. */
function isLiteral(tokens: SqlTokens): boolean {
  if (!columns(tokens)) return false;
  if (tokens.words("overriding") && !((tokens.words("system") || tokens.words("user")) && tokens.words("value")))
    return false;
  if (tokens.words("default")) return tokens.words("values") && ends(tokens);
  if (!tokens.words("values") || !list(tokens, row)) return false;
  return (!tokens.words("on") || tokens.words("conflict", "do", "nothing")) && ends(tokens);
}

/** A call of setval with what it is to be, or what pg_dump says of search_path. */
function readSelect(tokens: SqlTokens): Step | undefined {
  if (tokens.words("pg_catalog") && !tokens.sign(".")) return undefined;
  if (tokens.words("set_config")) return isNoPath(tokens) ? { do: "skip" } : undefined;
  if (!tokens.words("setval") || !tokens.sign("(")) return undefined;
  const sequence = tokens.take();
  if (sequence.kind !== "text" || sequence.value === null) return undefined;
  if (tokens.sign("::") && !tokens.words("regclass")) return undefined;
  if (!tokens.sign(",")) return undefined;
  const minus = tokens.sign("-") ? "-" : "";
  const value = tokens.take();
  if (value.kind !== "number" || !/^\d{1,19}$/.test(value.text)) return undefined;
  const called = tokens.sign(",") ? flag(tokens) : true;
  if (called === undefined || !tokens.sign(")") || !ends(tokens)) return undefined;
  return { do: "setval", sequence: sequence.value, value: minus + value.text, called };
}

function flag(tokens: SqlTokens): boolean | undefined {
  if (tokens.words("true")) return true;
  return tokens.words("false") ? false : undefined;
}

function isNoPath(tokens: SqlTokens): boolean {
  const text = (wanted: string) => {
    const token = tokens.take();
    return token.kind === "text" && token.value === wanted;
  };
  const given = tokens.sign("(") && text("search_path") && tokens.sign(",") && text("") && tokens.sign(",");
  return given && tokens.words("false") && tokens.sign(")") && ends(tokens);
}

function readSet(tokens: SqlTokens): Step | undefined {
  if (tokens.words("constraints")) return tokens.words("all", "deferred") && ends(tokens) ? { do: "defer" } : undefined;
  if (!tokens.words("local") && tokens.words("session", "authorization"))
    return tokens.words("default") && ends(tokens) ? { do: "skip" } : undefined;
  const name = fold(tokens.name());
  if (!Object.hasOwn(settings, name) || !(tokens.sign("=") || tokens.words("to"))) return undefined;
  const wanted = settings[name];
  const value = tokens.take();
  const given = value.kind === "text" ? value.value : "text" in value ? value.text : null;
  if (!wanted || (given !== null && wanted.test(given) && (ends(tokens) || name === "datestyle")))
    return { do: "skip" };
  return refused(tokens, `${name} is not set to what it has to be here.`);
}

const fold = (name = ""): string => name.toLowerCase();

/** What pg_dump --disable-triggers writes around rows: here triggers rest anyway. */
function readAlter(tokens: SqlTokens): Step | undefined {
  if (!tokens.words("table")) return undefined;
  tokens.words("only");
  if (!relation(tokens) || !(tokens.words("disable") || tokens.words("enable"))) return undefined;
  return tokens.words("trigger", "all") && ends(tokens) ? { do: "skip" } : undefined;
}
