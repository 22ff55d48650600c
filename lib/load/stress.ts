import type { Request, Time } from "./answer";
import { climb, type Step } from "./climb";
import { type Held, hold } from "./hold";
import { type MachineFigures, watchMachine } from "./machine-figures";
import { whatLimited } from "./what-limited";

export type StressOptions = {
  clients: number;
  seconds: number;
  rampSeconds: number;
  /** Requests a second to hold; undefined: this share of what the climb reached. */
  rate: number | undefined;
  time: Time;
  signal: AbortSignal;
  told: (line: string) => void;
  /** Whether what answers runs on this machine, too. */
  where: "here" | "elsewhere";
};

/** What a load test saw: `held` is null when it was ended before, or when nothing was ever answered. */
export type StressReport = {
  climb: Step[];
  held: Held | null;
  /** Where the held rate comes from. */
  rateFrom: "given" | "measured" | null;
  machine: MachineFigures;
  limitedBy: string[];
  /** Ended by Ctrl-C: the figures are of the time until then. */
  ended: boolean;
};

/** The part of the best measured rate that is held: at the very best every queue grows. */
export const heldShare = 0.7;

/** Climbs to see what is answered, then holds a rate and measures. Never throws: what failed is in the report. */
export async function stress(request: Request, options: StressOptions): Promise<StressReport> {
  const { clients, seconds, rampSeconds, time, signal, told, where } = options;
  const watching = watchMachine();
  const steps = await climb(request, { clients, seconds: rampSeconds, time, signal }, (step) =>
    told(`${step.clients} at a time: ${step.perSecond}/s`),
  );
  const best = Math.max(0, ...steps.map(({ perSecond }) => perSecond));
  const rate = options.rate ?? Math.max(best > 0 ? 1 : 0, Math.floor(best * heldShare));
  const progress = (passed: number, done: number) => told(`${Math.floor(passed)} of ${seconds} s: ${done} answered`);
  const held =
    rate > 0 && !signal.aborted
      ? await hold(request, { ...{ rate, seconds, clients }, time, signal, told: progress })
      : null;
  const machine = watching.stop();
  return {
    ...{ climb: steps, held, machine, ended: signal.aborted },
    rateFrom: held === null ? null : options.rate === undefined ? "measured" : "given",
    limitedBy: held === null ? [] : whatLimited(held, machine, where),
  };
}
