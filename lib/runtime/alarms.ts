import { log } from "@/lib/platform/log";

/** What is looked at: counts since the start, and the connections of the moment. */
type Looked = { open: number; waiting: number; timeouts: number; losses: number };

const quietMs = 60_000;

const words = {
  timeouts: "requests gave up waiting for a database connection",
  losses: "database connections were lost, or could not be made clean",
  limit: "every database connection that is allowed is open, and requests wait",
} as const;

type Say = (facts: Record<string, number>, words: string) => void;
type Alarm = keyof typeof words;

/** Writes a line to the log when connections run short or are lost: each kind at most once a minute, with its number. */
export class PoolAlarms {
  readonly #total: number;
  readonly #say: Say;
  readonly #last = new Map<Alarm, { at: number; count: number }>();

  constructor(total: number, say: Say = (facts, text) => log().warn(facts, text)) {
    this.#total = total;
    this.#say = say;
  }

  look({ open, waiting, timeouts, losses }: Looked, now: number): void {
    this.#rise("timeouts", timeouts, now);
    this.#rise("losses", losses, now);
    if (open >= this.#total && waiting > 0 && this.#due("limit", now)) {
      this.#say({ open, waiting }, words.limit);
      this.#last.set("limit", { at: now, count: 0 });
    }
  }

  #rise(alarm: "timeouts" | "losses", count: number, now: number): void {
    const more = count - (this.#last.get(alarm)?.count ?? 0);
    if (more <= 0 || !this.#due(alarm, now)) return;
    this.#say({ count: more }, words[alarm]);
    this.#last.set(alarm, { at: now, count });
  }

  #due(alarm: Alarm, now: number): boolean {
    return now - (this.#last.get(alarm)?.at ?? Number.NEGATIVE_INFINITY) >= quietMs;
  }
}
