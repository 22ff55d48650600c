import type { Held } from "./hold";
import type { MachineFigures } from "./machine-figures";
import { sumOf } from "./tally";

/** What the figures speak for: in words, the surest first. Empty where they say nothing. */
export function whatLimited(held: Held, machine: MachineFigures, where: "here" | "elsewhere"): string[] {
  const answered = held.done + sumOf(held.limited) + sumOf(held.failed);
  const share = (count: number) => (answered === 0 ? 0 : (100 * count) / answered);
  const limited = share(sumOf(held.limited));
  const failed = share(sumOf(held.failed));
  const behind = held.due === 0 ? 0 : (100 * held.unsent) / held.due;
  const waited = (held.response.p99 ?? 0) > 2 * (held.service.p99 ?? 0) && behind < 1;
  return [
    ...(limited >= 1 ? [`A limit of requests: ${percent(limited)} were refused (${kinds(held.limited)}).`] : []),
    ...(failed >= 1 ? [`Failures: ${percent(failed)} of the answers (${kinds(held.failed)}).`] : []),
    ...((machine.cpuMean ?? 0) >= 85
      ? [`This machine's CPU: ${machine.cpuMean} % of ${machine.cores} cores were busy${alone(where)}.`]
      : []),
    ...((machine.ownCpu ?? 0) >= 85
      ? [`The asking itself: this one process used ${machine.ownCpu} % of one core and can hardly ask faster.`]
      : []),
    ...(behind >= 1
      ? [
          `The number of clients: ${percent(behind)} of what was due was never sent, since all ${held.clients} waited for answers.`,
        ]
      : []),
    ...(waited
      ? [`Moments in which all ${held.clients} clients were busy: waiting for one is in the response times.`]
      : []),
  ];
}

const alone = (where: "here" | "elsewhere"): string =>
  where === "here" ? ", with everything that runs on it" : " (the other side's is not known from here)";

const percent = (share: number): string => `${share >= 10 ? Math.round(share) : Math.round(share * 10) / 10} %`;

const kinds = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${what}: ${count}`)
    .join(", ");
