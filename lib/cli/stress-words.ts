import type { Step } from "@/lib/load/climb";
import type { Held } from "@/lib/load/hold";
import type { Spread } from "@/lib/load/latencies";
import type { MachineFigures } from "@/lib/load/machine-figures";
import type { StressReport } from "@/lib/load/stress";

/** The report of a load test, for people. */
export function stressWords(what: string, report: StressReport): string {
  const { climb, held, rateFrom, machine, limitedBy, ended } = report;
  return [
    ...(ended ? ["Ended early: these are the figures until then.", ""] : []),
    what,
    "",
    "Climb: clients that ask as soon as they were answered. It finds rates; its times are no measure of waiting.",
    ...climb.map(stepWords),
    "",
    ...(held ? heldWords(held, rateFrom) : ["No rate was held."]),
    "",
    machineWords(machine),
    ...(held === null
      ? []
      : limitedBy.length > 0
        ? ["What limited it:", ...limitedBy.map((line) => `  ${line}`)]
        : ["Nothing was seen to limit it: it would have taken more."]),
  ].join("\n");
}

function stepWords({ clients, perSecond, service, done, limited, failed, seconds }: Step): string {
  const counts = kindsWords(limited, failed);
  return `  ${String(clients).padStart(4)} at a time  ${perSecond}/s (${done} in ${seconds} s), ${spreadWords(service)}${counts}`;
}

function heldWords(held: Held, rateFrom: StressReport["rateFrom"]): string[] {
  const { rate, due, seconds, clients, done, perSecond, unsent, cutOff, limited, failed, response, service } = held;
  const from = rateFrom === "given" ? "as given" : "70 % of the best of the climb";
  return [
    `Held: ${rate} requests a second (${from}) for ${seconds} s, at most ${clients} under way.`,
    `  answered       ${done} of ${due} that were due, ${perSecond}/s${kindsWords(limited, failed)}`,
    ...(unsent > 0 ? [`  never sent     ${unsent}: no client was free; they count with the time they had waited`] : []),
    ...(cutOff > 0 ? [`  cut off        ${cutOff} were under way when it was ended, and are not counted`] : []),
    `  response time  ${spreadWords(response)}`,
    `  service time   ${spreadWords(service)}`,
    "  Response time counts from when a request was due, so a stall is in every figure that it spoilt (no coordinated",
    "  omission); service time counts from sending. Percentiles are at most 1 % too high, the largest is exact.",
  ];
}

function spreadWords({ count, p50, p95, p99, max }: Spread): string {
  if (count === 0) return "no times";
  return `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, most ${ms(max)} (${count} times)`;
}

function ms(value: number | null): string {
  if (value === null) return "unknown";
  return `${value >= 100 ? Math.round(value) : value >= 1 ? value.toFixed(1) : value.toFixed(2)} ms`;
}

function kindsWords(limited: Record<string, number>, failed: Record<string, number>): string {
  const list = (kinds: Record<string, number>) =>
    Object.entries(kinds)
      .map(([what, count]) => `${what}: ${count}`)
      .join(", ");
  const refused = Object.keys(limited).length > 0 ? `; refused by a limit (${list(limited)})` : "";
  return `${refused}${Object.keys(failed).length > 0 ? `; failed (${list(failed)})` : ""}`;
}

function machineWords({
  cores,
  cpuMean,
  cpuMost,
  ownCpu,
  memoryBefore,
  memoryMost,
  memoryTotal,
}: MachineFigures): string {
  const share = (value: number | null) => (value === null ? "unknown" : `${value} %`);
  return [
    `This machine meanwhile: CPU of ${cores} cores ${share(cpuMean)} on average, ${share(cpuMost)} at most (each half second);`,
    `  the asking process itself ${share(ownCpu)} of one core; memory in use ${memoryBefore} MiB before, at most ${memoryMost} of ${memoryTotal} MiB.`,
  ].join("\n");
}
