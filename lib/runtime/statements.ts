/** What a statement does to the transaction around it. */
export type Control = "begin" | "end";

// One token of SQL that may hold a semicolon without ending a statement, a word, or the semicolon itself. As in PostgreSQL
// a line ends at \r as well, a word may hold dollars, and E'…' goes on in a string that begins on a later line.
const token =
  /--[^\n\r]*|\/\*|[eE]'(?:[^'\\]|\\.|'')*'(?:\s*[\n\r]\s*'(?:[^'\\]|\\.|'')*')*|'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|;/gs;

/** The statements of a text, without the comments between them. */
export function statementsOf(text: string): string[] {
  const statements: string[] = [];
  let statement = "";
  let from = 0;
  let before = "";
  // The body of a function in SQL's own words, BEGIN ATOMIC … END, has semicolons that end nothing.
  let depth = 0;
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [what] = found;
    const comment = what.startsWith("--") || what === "/*";
    const ends = what === ";" && depth === 0;
    if (what === "/*") token.lastIndex = endOfComment(text, token.lastIndex);
    if (what.startsWith("$")) {
      const end = text.indexOf(what, token.lastIndex);
      token.lastIndex = end < 0 ? text.length : end + what.length;
    }
    statement += text.slice(from, comment || ends ? found.index : token.lastIndex);
    if (comment) statement += " ";
    from = token.lastIndex;
    if (!comment) {
      depth = depthAfter(before, what.toUpperCase(), /^\s*CREATE\b/i.test(statement) ? depth : -1);
      before = what.toUpperCase();
    }
    if (ends) {
      statements.push(statement.trim());
      statement = "";
    }
  }
  statements.push((statement + text.slice(from)).trim());
  return statements.filter(Boolean);
}

/** How deep a word leads into the body of a function; -1 where none can be. */
function depthAfter(before: string, word: string, depth: number): number {
  if (depth < 0) return 0;
  if (word === "ATOMIC" && before === "BEGIN") return 1;
  if (depth > 0 && word === "CASE") return depth + 1;
  return depth > 0 && word === "END" ? depth - 1 : depth;
}

/** Comments nest in PostgreSQL. */
function endOfComment(text: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 1;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return text.length;
}

/** Whether a statement begins or ends a transaction; undefined for every other, savepoints included. */
export function controlOf(statement: string): Control | undefined {
  if (/^(BEGIN\b|START\s+TRANSACTION\b)/i.test(statement)) return "begin";
  if (/^ROLLBACK\s+(WORK\s+|TRANSACTION\s+)?TO\b/i.test(statement)) return undefined;
  return /^(COMMIT|END|ROLLBACK|ABORT|PREPARE\s+TRANSACTION)\b/i.test(statement) ? "end" : undefined;
}

/** Whether a beginning or an end of a transaction is that and nothing more, such as the next one at once. */
export function isPlain(statement: string): boolean {
  if (/^PREPARE\b|\bPREPARED\b|\bAND\s+CHAIN\b/i.test(statement)) return false;
  return /^[\w\s,]+$/.test(statement);
}
