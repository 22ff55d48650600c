import { AppError } from "@/lib/kernel/errors";

/** A statement without what ends it and without comments, with the line on which it begins. */
export type Statement = { text: string; line: number };

/** What ends the plain text of SQL: comments, quotes, dollar quotes and the end of a statement. */
const special =
  /--|\/\*|(?<![\w$\u0080-\uffff])[eE]'|'|"|(?<![\w$\u0080-\uffff])\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|;/g;

type Within = { kind: "plain" } | { kind: "comment"; depth: number } | { kind: "text"; until: RegExp };

const plain: Within = { kind: "plain" };
const doubled = { "'": /''|'/g, '"': /""|"/g } as const;
const escaped = /\\[\s\S]?|''|'/g;

/** Reads statements line by line, also such as go over many lines. */
export class StatementReader {
  /** The line on which the statement began that is being read. */
  begunAt = 0;
  #at = 0;
  #parts: string[] = [];
  #size = 0;
  #blank = true;
  #within: Within = plain;
  readonly #longest: number;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** Whether no statement is being read. */
  get isIdle(): boolean {
    return this.#within.kind === "plain" && this.#blank;
  }

  /** Takes the next line; gives the statements that end on it. */
  *feed(line: string, at: number): Generator<Statement, void, undefined> {
    this.#at = at;
    let from = 0;
    while (from < line.length) {
      if (this.isIdle) this.#begin(at);
      const { next, ended } = this.#step(line, from);
      from = next;
      if (!ended || this.#blank) continue;
      yield { text: this.#parts.join("").trim(), line: this.begunAt };
      this.#begin(at);
    }
    this.#add("\n");
  }

  #begin(at: number): void {
    this.#parts = [];
    this.#size = 0;
    this.#blank = true;
    this.begunAt = at;
  }

  #step(line: string, from: number): { next: number; ended?: true } {
    const within = this.#within;
    if (within.kind === "comment") return { next: this.#comment(line, from, within.depth) };
    if (within.kind === "text") return { next: this.#quoted(line, from, within.until) };
    special.lastIndex = from;
    const match = special.exec(line);
    this.#add(line.slice(from, match?.index));
    if (!match) return { next: line.length };
    const [token] = match;
    const next = match.index + token.length;
    if (token === "--") return { next: endOfLine(line, next) };
    if (token === ";") return { next, ended: true };
    if (token === "/*") this.#within = { kind: "comment", depth: 1 };
    else {
      this.#add(token);
      this.#within = { kind: "text", until: endOf(token) };
    }
    return { next };
  }

  /** PostgreSQL's comments hold comments. */
  #comment(line: string, from: number, depth: number): number {
    const marks = /\/\*|\*\//g;
    marks.lastIndex = from;
    const mark = marks.exec(line);
    if (!mark) return line.length;
    const now = depth + (mark[0] === "/*" ? 1 : -1);
    this.#within = now === 0 ? plain : { kind: "comment", depth: now };
    if (now === 0) this.#add(" ");
    return marks.lastIndex;
  }

  #quoted(line: string, from: number, until: RegExp): number {
    until.lastIndex = from;
    const match = until.exec(line);
    this.#add(line.slice(from, match ? until.lastIndex : undefined));
    if (!match) return line.length;
    const [token] = match;
    if (token !== "''" && token !== '""' && !token.startsWith("\\")) this.#within = plain;
    return until.lastIndex;
  }

  #add(text: string): void {
    if (this.#blank) {
      // What stands before a statement, however much, is none of it.
      if (text.trim() === "") return;
      this.#blank = false;
      this.begunAt = this.#at;
    }
    this.#size += text.length;
    if (this.#size > this.#longest)
      throw new AppError("conflict", `Line ${this.begunAt} of the file: the statement is longer than 16 MiB.`);
    this.#parts.push(text);
  }
}

/** PostgreSQL ends a comment at a carriage return, too. */
function endOfLine(line: string, from: number): number {
  const end = line.indexOf("\r", from);
  return end < 0 ? line.length : end;
}

function endOf(token: string): RegExp {
  if (token === "'" || token === '"') return new RegExp(doubled[token]);
  return token.startsWith("$") ? new RegExp(token.replaceAll("$", "\\$"), "g") : new RegExp(escaped);
}
