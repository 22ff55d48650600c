import { setTimeout as sleep } from "node:timers/promises";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, choice, defineCommand, number } from "../command";
import { Misused } from "../failure";
import { metricWords } from "../words";

type Live = Operations["monitoring.live"]["output"];

/** Milliseconds between two looks: as often as a server is measured. */
const pace = 2000;

const watch = defineCommand({
  path: "fleet watch",
  words: "Shows live figures, anew each two seconds, until Ctrl-C: totals and the highest tenants.",
  examples: ["fleet watch", "fleet watch --metric storage --limit 5", "fleet watch --times 10 --json"],
  options: {
    metric: choice("by what the tenants are ordered; cpu unless told", metricNames),
    limit: number("how many tenants; 10 unless told", "count"),
    times: number("end after so many looks", "count"),
  },
  async run(cli, _, { metric = "cpu", limit = 10, times = Number.POSITIVE_INFINITY }) {
    if (!(times >= 1)) throw new Misused("--times is at least 1.");
    cli.meanwhile("Nothing was changed.");
    const screen = process.stdout.isTTY === true && !cli.options.json;
    for (let look = 0; look < times && !cli.signal.aborted; look++) {
      if (look > 0) await sleep(pace, undefined, { signal: cli.signal });
      const live = await cli.send("monitoring.live", { metric, limit });
      if (screen) process.stdout.write("\x1b[H\x1b[2J");
      cli.out.result(live, () => (screen ? picture(live) : line(live)));
    }
  },
});

const shown: readonly Metric[] = ["cpu", "memory", "storage", "requests", "connections"];

function totals({ totals }: Live): string {
  return shown.map((metric) => `${metric} ${metricWords(metric, totals[metric]?.value)}`).join("  ");
}

function line(live: Live): string {
  const [first] = live.top;
  const top = first
    ? `  highest ${live.metric}: ${first.slug} ${metricWords(live.metric, first.usage[live.metric]?.value)}`
    : "";
  return `${live.at.slice(11, 19)}Z  ${totals(live)}${top}`;
}

function picture(live: Live): string {
  const age = live.ageSeconds === null ? "never measured" : `measured ${Math.round(live.ageSeconds)} s ago`;
  const width = Math.max(0, ...live.top.map(({ slug }) => slug.length));
  return [
    `${live.tenants} tenants  ${live.at.slice(11, 19)}Z, ${age}`,
    totals(live),
    "",
    ...live.top.map(
      ({ slug, usage }) =>
        `${slug.padEnd(width)}  ${shown.map((metric) => cell(metric, usage[metric]?.value)).join("")}`,
    ),
    "",
    `The highest by ${live.metric}. Ctrl-C ends this.`,
  ].join("\n");
}

const cell = (metric: Metric, value: number | null | undefined) => `${metric} ${metricWords(metric, value).padEnd(12)}`;

/** `fleet watch`: live figures. */
export const watchCommands: readonly AnyCommand[] = [watch];
