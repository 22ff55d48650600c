// What begins a text or a comment in which a semicolon ends nothing, and how far that reaches.
const opaque =
  /--[^\n]*|\/\*|(?<![\w$])[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<![\w$])(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)[\s\S]*?\1|;|\b(?:BEGIN\s+ATOMIC|CASE|END)\b/gi;

/** The statements of a script, without what stands between them. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let [from, atomic] = [0, 0];
  for (let at = next(sql, 0); at; at = next(sql, at.end)) {
    if (/^begin/i.test(at.text)) atomic = 1;
    else if (/^case$/i.test(at.text)) atomic += atomic > 0 ? 1 : 0;
    else if (/^end$/i.test(at.text)) atomic = Math.max(0, atomic - 1);
    if (at.text !== ";" || atomic > 0) continue;
    statements.push(sql.slice(from, at.end - 1).trim());
    from = at.end;
  }
  statements.push(sql.slice(from).trim());
  return statements.filter((statement) => bare(statement) !== "");
}

/** Whether a script has a statement of its own about transactions; a savepoint is none. */
export function endsTransactions(sql: string): boolean {
  const control = /^(begin|commit|end|abort|start\s+transaction|prepare\s+transaction|rollback(?!.*\bto\b))\b/is;
  return splitStatements(sql).some((statement) => control.test(bare(statement)));
}

/** A statement without the comments in front of it and in it. */
function bare(statement: string): string {
  let [text, from] = ["", 0];
  for (let at = next(statement, 0); at; at = next(statement, at.end)) {
    if (!/^(--|\/\*)/.test(at.text)) continue;
    text += `${statement.slice(from, at.end - at.text.length)} `;
    from = at.end;
  }
  return (text + statement.slice(from)).trim();
}

function next(sql: string, from: number): { text: string; end: number } | undefined {
  opaque.lastIndex = from;
  const match = opaque.exec(sql);
  if (!match) return undefined;
  const end = match[0] === "/*" ? endOfComment(sql, match.index) : match.index + match[0].length;
  return { text: sql.slice(match.index, end), end };
}

/** PostgreSQL's comments hold comments. */
function endOfComment(sql: string, from: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = from;
  let depth = 0;
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}
