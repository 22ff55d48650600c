import type { Request, Time } from "./answer";
import { Counting, type Tally } from "./tally";

/** So many clients at a time, for how long it really took. */
export type Step = Pick<Tally, "done" | "limited" | "failed" | "service"> & {
  clients: number;
  seconds: number;
  perSecond: number;
};

/** The numbers of clients of a climb: 1, 2, 4 … and the last. */
export function stepsTo(clients: number): number[] {
  const steps: number[] = [];
  for (let count = 1; count < clients; count *= 2) steps.push(count);
  return [...steps, clients];
}

/**
 * Finds how much is answered: more and more clients, each asking as soon as it was answered. Such a loop asks less
 * when it is answered slowly, so its times are no measure of what people would wait; only its rates are used.
 */
export async function climb(
  request: Request,
  { clients, seconds, time, signal }: { clients: number; seconds: number; time: Time; signal: AbortSignal },
  told: (step: Step) => void,
): Promise<Step[]> {
  const counts = stepsTo(clients);
  const steps: Step[] = [];
  for (const count of counts) {
    if (signal.aborted) break;
    const step = await ask(request, count, (seconds * 1000) / counts.length, time, signal);
    steps.push(step);
    told(step);
  }
  return steps;
}

async function ask(request: Request, clients: number, ms: number, time: Time, signal: AbortSignal): Promise<Step> {
  const counting = new Counting();
  const began = time.now();
  const client = async (number: number): Promise<void> => {
    while (!signal.aborted) {
      const sent = time.now();
      if (sent >= began + ms) return;
      const answer = await request(number, signal);
      if (signal.aborted) return;
      counting.add(answer, { due: sent, sent, answered: time.now() });
      // Refused at once, a client would do nothing but ask: it rests, as one that was told to come later.
      if (answer.kind !== "done") await time.until(time.now() + 50, signal);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  const seconds = Math.max(0.001, (time.now() - began) / 1000);
  const { done, limited, failed, service } = counting.tally();
  const perSecond = Math.round((done / seconds) * 10) / 10;
  return { clients, seconds: Math.round(seconds * 100) / 100, perSecond, done, limited, failed, service };
}
