import type { Outcome } from "./action";
import type { Line } from "./finish-items";
import type { Held, Work } from "./running";

/** What a tenant's own functions say has no end: PostgreSQL's messages may quote whole statements, or be as long. */
const mostWords = 4000;

/** Lines that one attempt may keep. */
const mostLines = 100;

/** Words no longer than anybody reads. */
export function cut(words: string): string {
  return words.length > mostWords ? `${words.slice(0, mostWords - 1)}…` : words;
}

/** What came of an item, no longer than it can be kept. */
export function bounded(outcome: Outcome): Outcome {
  return { ...outcome, words: cut(outcome.words) };
}

/** Keeps a line with an item. */
export function keepLine(work: Work, { item }: Pick<Held, "item">, level: Line["level"], message: string): void {
  work.lines.push(lineOf(work, item, level, message));
}

/** What an item's action calls to keep lines: of the first ones, and while the item is not given up. */
export function itemLog(work: Work, held: Held): (message: string) => void {
  let kept = 0;
  return (message) => {
    kept++;
    if (kept > mostLines || held.abort.signal.aborted) return;
    keepLine(work, held, "info", kept === mostLines ? "It said more; the rest is not kept." : message);
  };
}

/** One line of an item's log. */
export function lineOf({ clock }: Work, item: Held["item"], level: Line["level"], message: string): Line {
  const { position, attempt } = item;
  return { position, attempt, level, message: cut(message), at: clock().toISOString() };
}
