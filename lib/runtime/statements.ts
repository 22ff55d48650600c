/** What a statement does to the transaction around it. */
export type Control = "begin" | "end";

// One token of SQL that may hold a semicolon without ending a statement, a comment, or the semicolon itself.
const token =
  /--[^\n]*|\/\*|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|;|\b[eE]'(?:[^'\\]|\\.|'')*'/gs;

/** The statements of a text, without the comments between them. */
export function statementsOf(text: string): string[] {
  // The body of a function in SQL's own words has semicolons that end nothing; such a statement stands alone.
  if (/\bBEGIN\s+ATOMIC\b/i.test(text)) return [text.trim()];
  const statements: string[] = [];
  let statement = "";
  let from = 0;
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [what] = found;
    const comment = what.startsWith("--") || what === "/*";
    if (what === "/*") token.lastIndex = endOfComment(text, token.lastIndex);
    if (what.startsWith("$")) {
      const end = text.indexOf(what, token.lastIndex);
      token.lastIndex = end < 0 ? text.length : end + what.length;
    }
    statement += text.slice(from, comment || what === ";" ? found.index : token.lastIndex);
    if (comment) statement += " ";
    from = token.lastIndex;
    if (what === ";") {
      statements.push(statement.trim());
      statement = "";
    }
  }
  statements.push((statement + text.slice(from)).trim());
  return statements.filter(Boolean);
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

/** Whether an end of a transaction is more than that: the next one at once, or one that waits for a second word. */
export function isChained(statement: string): boolean {
  return /^PREPARE\b|\bPREPARED\b|\bAND\s+CHAIN\b/i.test(statement);
}
