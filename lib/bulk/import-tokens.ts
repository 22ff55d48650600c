/**
 * A piece of a statement as PostgreSQL's lexer reads it, with where it begins. A word is folded to lower case as a name
 * would be; `value` of a text is null where it is written in a way that nothing here has to understand; `foreign` is
 * what no statement of data has.
 */
export type SqlToken = { at: number } & (
  | { kind: "word" | "name" | "sign"; text: string }
  | { kind: "number"; text: string }
  | { kind: "text"; value: string | null }
  | { kind: "foreign" | "end" }
);

// PostgreSQL's own: no other space is space, and all beyond ASCII are letters.
const space = /[ \t\n\r\f\v]*/y;
const lineComment = /--[^\n\r]*/y;
const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const bits = /[bB]'[01]*'|[xX]'[\dA-Fa-f]*'/y;
const dollar = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

const fold = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The tokens of one statement, one after another; comments and spaces are passed by. */
export class SqlTokens {
  readonly #text: string;
  #at = 0;
  #next: SqlToken | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  peek(): SqlToken {
    this.#next ??= this.#read();
    return this.#next;
  }

  take(): SqlToken {
    const token = this.peek();
    this.#next = undefined;
    return token;
  }

  /** Takes these words if all of them come next, one by one as far as they fit. */
  words(...wanted: string[]): boolean {
    return wanted.every((one) => this.#is("word", one) && this.take());
  }

  /** Takes the sign if it comes next. */
  sign(wanted: string): boolean {
    return this.#is("sign", wanted) && this.take() !== undefined;
  }

  /** Takes a name, quoted or not. */
  name(): string | undefined {
    const token = this.peek();
    if (token.kind !== "word" && token.kind !== "name") return undefined;
    this.take();
    return token.text;
  }

  /** How many lines below the first one what comes next begins. */
  line(): number {
    return this.#text.slice(0, this.peek().at).split("\n").length - 1;
  }

  #is(kind: "word" | "sign", text: string): boolean {
    const token = this.peek();
    return token.kind === kind && token.text === text;
  }

  #read(): SqlToken {
    const unread = this.#pass();
    const [at, text] = [this.#at, this.#text];
    if (unread) return { kind: "foreign", at };
    const first = text[at];
    if (first === undefined) return { kind: "end", at };
    if (first === "'") return this.#plainText(at, at + 1);
    if (first === '"') return this.#quotedName(at);
    if (/^[eE]'/.test(text.slice(at, at + 2))) return this.#escapedText(at);
    if (/^[uU]&'/.test(text.slice(at, at + 3))) return { ...this.#plainText(at, at + 3), value: null } as SqlToken;
    // U&"\005f…" spells a name that nobody would recognise.
    if (/^[uU]&"/.test(text.slice(at, at + 3))) return { kind: "foreign", at };
    if (this.#match(bits)) return { kind: "text", value: null, at };
    const letters = this.#match(word);
    if (letters) return { kind: "word", text: fold(letters), at };
    const digits = this.#match(number);
    if (digits) return { kind: "number", text: digits, at };
    if (first === "$") return this.#dollarText(at);
    this.#at = at + (text.startsWith("::", at) ? 2 : 1);
    return { kind: "sign", text: text.slice(at, this.#at), at };
  }

  /** Passes spaces and comments by; true where a comment has no end. */
  #pass(): boolean {
    for (;;) {
      this.#match(space);
      if (this.#match(lineComment)) continue;
      if (!this.#text.startsWith("/*", this.#at)) return false;
      const end = endOfComment(this.#text, this.#at + 2);
      if (end < 0) return true;
      this.#at = end;
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #plainText(at: number, from: number): SqlToken {
    const end = endOfQuoted(this.#text, "'", from);
    if (end < 0) return { kind: "foreign", at };
    this.#at = end;
    return { kind: "text", value: this.#text.slice(from, end - 1).replaceAll("''", "'"), at };
  }

  #quotedName(at: number): SqlToken {
    const end = endOfQuoted(this.#text, '"', at + 1);
    if (end < 0) return { kind: "foreign", at };
    this.#at = end;
    return { kind: "name", text: this.#text.slice(at + 1, end - 1).replaceAll('""', '"'), at };
  }

  #escapedText(at: number): SqlToken {
    const special = /\\[\s\S]|''|'/g;
    special.lastIndex = at + 2;
    for (let found = special.exec(this.#text); found; found = special.exec(this.#text)) {
      if (found[0] !== "'") continue;
      this.#at = special.lastIndex;
      return { kind: "text", value: unescaped(this.#text.slice(at + 2, this.#at - 1)), at };
    }
    return { kind: "foreign", at };
  }

  #dollarText(at: number): SqlToken {
    const mark = this.#match(dollar);
    const end = mark === undefined ? -1 : this.#text.indexOf(mark, this.#at);
    if (mark === undefined || end < 0) return { kind: "foreign", at };
    const value = this.#text.slice(this.#at, end);
    this.#at = end + mark.length;
    return { kind: "text", value, at };
  }
}

/** Behind the quote that ends what began before `from`; -1 where there is none. A doubled one is one of the text. */
function endOfQuoted(text: string, quote: string, from: number): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 2)) {
    if (text[at + 1] !== quote) return at + 1;
  }
  return -1;
}

/** Comments nest in PostgreSQL. */
function endOfComment(text: string, from: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = from;
  let depth = 1;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return -1;
}

/** What E'…' means where only quotes and backslashes are escaped; else null. */
function unescaped(text: string): string | null {
  if (/\\[^\\']/.test(text.replaceAll("\\\\", ""))) return null;
  return text.replace(/\\([\\'])|''/g, (_, one?: string) => one ?? "'");
}
