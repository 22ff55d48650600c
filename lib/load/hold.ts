import type { Request, Time } from "./answer";
import { Counting, type Tally } from "./tally";

export type HoldOptions = {
  /** Requests a second that become due, whether earlier ones were answered or not. */
  rate: number;
  seconds: number;
  /** How many may be under way at once. */
  clients: number;
  time: Time;
  /** Ends it early; what was counted so far is the result. */
  signal: AbortSignal;
  /** Called once a second with the seconds that have passed and the answers so far. */
  told?: (seconds: number, done: number) => void;
};

/** What came back of a load at a held rate. */
export type Held = Tally & {
  rate: number;
  clients: number;
  /** How long requests became due; shorter than asked for when it was ended. */
  seconds: number;
  /** How many became due in that time. */
  due: number;
  /** Those of them that no client was free for before the end: they count with the time they had waited. */
  unsent: number;
  /** Under way when it was ended, and not counted otherwise. */
  cutOff: number;
  perSecond: number;
};

/**
 * Holds a rate: request n is due at n / rate seconds, and its time counts from then, also while it waits for a free
 * client. So a stall is in the figures of every request that it kept waiting, and nothing is left out of them.
 */
export async function hold(request: Request, options: HoldOptions): Promise<Held> {
  const { rate, seconds, clients, time, signal } = options;
  const counting = new Counting();
  const began = time.now();
  const end = began + seconds * 1000;
  const state = { next: 0, cutOff: 0, told: 1 };
  const dueAt = (number: number) => began + (number * 1000) / rate;
  const client = async (number: number): Promise<void> => {
    for (;;) {
      const due = dueAt(state.next);
      if (due >= end || time.now() >= end || signal.aborted) return;
      state.next += 1;
      await time.until(due, signal);
      if (signal.aborted) {
        // It was taken and not yet due, or due and not sent: it is one of the unsent, if it was due at all.
        state.next -= 1;
        return;
      }
      const sent = time.now();
      const answer = await request(number, signal);
      if (signal.aborted) state.cutOff += 1;
      else counting.add(answer, { due, sent, answered: time.now() });
      tell(options, state, began, counting.done);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  // Not the difference of two times on the clock: a rounding there would make one more due than was.
  const lastedMs = signal.aborted ? Math.min(time.now() - began, seconds * 1000) : seconds * 1000;
  const due = Math.ceil((lastedMs * rate) / 1000);
  for (let number = state.next; number < due; number++) counting.addUnsent(began + lastedMs - dueAt(number));
  const lasted = Math.max(0.001, lastedMs / 1000);
  return {
    ...counting.tally(),
    ...{ rate, clients, seconds: Math.round(lasted * 100) / 100, due, cutOff: state.cutOff },
    unsent: Math.max(0, due - state.next),
    perSecond: Math.round((counting.done / lasted) * 10) / 10,
  };
}

function tell({ time, told }: HoldOptions, state: { told: number }, began: number, done: number): void {
  const passed = (time.now() - began) / 1000;
  if (!told || passed < state.told) return;
  state.told = Math.floor(passed) + 1;
  told(passed, done);
}
