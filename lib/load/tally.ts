import type { Answer } from "./answer";
import { Latencies, type Spread } from "./latencies";

/** What came back of many requests. */
export type Tally = {
  done: number;
  /** Refused by a limit, by which: not among the failures. */
  limited: Record<string, number>;
  failed: Record<string, number>;
  /** Milliseconds from when a request was due to its answer: waiting for a free client counts. Of those done. */
  response: Spread;
  /** Milliseconds from sending to the answer, which flatters whatever is too slow to keep up. Of those done. */
  service: Spread;
};

/** Counts answers while they come. */
export class Counting {
  readonly #response = new Latencies();
  readonly #service = new Latencies();
  readonly #limited = new Map<string, number>();
  readonly #failed = new Map<string, number>();
  done = 0;

  /** All three moments in milliseconds of one clock. */
  add(answer: Answer, { due, sent, answered }: { due: number; sent: number; answered: number }): void {
    if (answer.kind !== "done") {
      const kinds = answer.kind === "limited" ? this.#limited : this.#failed;
      kinds.set(answer.what, (kinds.get(answer.what) ?? 0) + 1);
      return;
    }
    this.done += 1;
    this.#response.add(answered - due);
    this.#service.add(answered - sent);
  }

  /** A request that was due and never sent: its answer would have come later still. */
  addUnsent(waited: number): void {
    this.#response.add(waited);
  }

  tally(): Tally {
    return {
      done: this.done,
      limited: Object.fromEntries(this.#limited),
      failed: Object.fromEntries(this.#failed),
      response: this.#response.spread(),
      service: this.#service.spread(),
    };
  }
}

/** How many there are of all kinds together. */
export const sumOf = (kinds: Record<string, number>): number =>
  Object.values(kinds).reduce((sum, count) => sum + count, 0);
