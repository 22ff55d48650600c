import { Latencies, type Spread } from "./latencies";

/** What was measured, how, and what came of it. */
export type Measured = {
  name: string;
  /** How it was measured, in words. */
  how: string;
  /** Milliseconds of those that succeeded. */
  ms: Spread;
  failed: number;
  /** Why the last one failed; null when none did. */
  error: string | null;
};

export type SampleOptions = {
  name: string;
  how: string;
  samples: number;
  /** Asked before and not counted, so that what is opened once is not taken for what each costs. */
  warmUp: number;
  signal: AbortSignal;
};

/** Does something one time after the other and measures each from its begin to its end. */
export async function sample(work: () => Promise<unknown>, options: SampleOptions): Promise<Measured> {
  const { name, how, samples, warmUp, signal } = options;
  const latencies = new Latencies();
  const seen = { failed: 0, error: null as string | null };
  for (let number = -warmUp; number < samples && !signal.aborted; number++) {
    const began = performance.now();
    try {
      await work();
      if (number >= 0) latencies.add(performance.now() - began);
    } catch (error) {
      if (number >= 0) seen.failed += 1;
      seen.error = error instanceof Error ? error.message : String(error);
      // What fails each time is told after a few: a thousand more would tell nothing new.
      if (seen.failed >= 5 && latencies.spread().count === 0) break;
    }
  }
  return { name, how, ms: latencies.spread(), ...seen };
}
