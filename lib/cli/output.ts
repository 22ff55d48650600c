import { styleText } from "node:util";
import type { Cell, Column } from "./table";
import { printable, printableLines } from "./width";

/** Long work, told while it goes on. */
export type Progress = {
  /** How much is done, and, when it is known by now, of how much. */
  at(done: number, words?: string, total?: number): void;
  end(): void;
};

/** Where a command says things: results go to standard output, all else to standard error. */
export type Out = {
  /** A result: its JSON with `--json`, else words. */
  result(value: unknown, words: string | (() => string)): void;
  /** A list: the value's JSON with `--json`, else a table that fits the terminal, or lines with tabs between. */
  table(value: unknown, columns: readonly Column[], rows: readonly Cell[][], none: string): Promise<void>;
  /** Something beside the result. Not said with `--quiet`. */
  note(line: string): void;
  progress(words: string, total?: number): Progress;
};

/** The terminal that a command speaks to. */
export type Terminal = { tty: boolean; width: number; color: boolean };

/** Tells the person at the terminal, beside the result: warnings and failures, also with `--quiet`. */
export function tell(line: string): void {
  process.stderr.write(`tenantry: ${printableLines(line).replaceAll("\n", "\n          ")}\n`);
}

/** A number and its noun: 1 key, 2 keys. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** Speaks as the options ask for. */
export function outputOf(options: { json: boolean; quiet: boolean }, terminal: Terminal): Out {
  const say = (text: string) => {
    if (text !== "") process.stdout.write(`${text}\n`);
  };
  // Programs get the API's very answer; a terminal the same value, with codes for what would change how it shows.
  const json = (value: unknown) => say(terminal.tty ? printableLines(JSON.stringify(value)) : JSON.stringify(value));
  return {
    result(value, words) {
      if (options.json) return json(value);
      say(printableLines(typeof words === "string" ? words : words()));
    },
    async table(value, columns, rows, none) {
      if (options.json) return json(value);
      if (rows.length === 0 && !options.quiet) return tell(none);
      const { drawnTable, plainTable } = await import("./table");
      const bold = (text: string) => (terminal.color ? styleText("bold", text) : text);
      say(terminal.tty ? drawnTable(columns, rows, terminal.width, bold) : plainTable(columns, rows));
    },
    note: (line) => {
      if (!options.quiet) tell(line);
    },
    progress: (words, total) =>
      options.quiet ? silent : process.stderr.isTTY ? drawn(words, total) : told(words, total),
  };
}

const silent: Progress = { at: () => undefined, end: () => undefined };

/** A bar in one line that is written over. */
function drawn(words: string, total: number | undefined): Progress {
  const width = 24;
  const draw = (done: number, now: string, all: number | undefined) => {
    const share = all ? Math.min(1, done / all) : 0;
    const bar = all ? `${"█".repeat(Math.round(share * width)).padEnd(width, "░")} ${done}/${all} ` : "";
    process.stderr.write(`\r\x1b[K${bar}${printable(now)}`);
  };
  draw(0, words, total);
  return {
    at: (done, now = words, all = total) => draw(done, now, all),
    end: () => void process.stderr.write("\r\x1b[K"),
  };
}

/** A line whenever the words change. */
function told(words: string, total: number | undefined): Progress {
  let last = "";
  const say = (line: string) => {
    if (line !== last) tell(line);
    last = line;
  };
  say(words);
  return {
    at: (done, now = words, all = total) => say(all ? `${now} (${done} of ${all})` : now),
    end: () => undefined,
  };
}
