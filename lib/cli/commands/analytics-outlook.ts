import type { Operations } from "@/lib/sdk/generated";
import { asked, noteSpan, period, right, which } from "../analytics-period";
import { type AnyCommand, choice, defineCommand, number } from "../command";
import { serverNamed } from "../find";
import { metricWords, momentWords } from "../words";

type Outlook = Operations["analytics.forecast"]["output"]["outlooks"][number];

const forecast = defineCommand({
  path: "analytics forecast",
  words: "Shows what will reach its limit, and when; where that can't be said, why not.",
  examples: ["analytics forecast", "analytics forecast --json"],
  async run(cli) {
    const told = await cli.send("analytics.forecast", {});
    const columns = ["Of", "What", right("Now"), right("Limit"), right("A day"), "Reaches it", "Why not"];
    await cli.out.table(told, columns, told.outlooks.map(outlookRow), "There is nothing to look forward to.");
    if (!cli.options.json) cli.out.note(told.method);
  },
});

function outlookRow({ subject, metric, now, limit, perDay, reaching, refused }: Outlook) {
  const name = subject.kind === "tenant" ? subject.tenant.slug : `server ${subject.server.name}`;
  const values = [now, limit, perDay].map((value) => metricWords(metric, value));
  return [name, metric, ...values, reachingWords(reaching), refused?.words ?? null];
}

function reachingWords(reaching: Outlook["reaching"]): string | null {
  if (reaching === null) return null;
  if (reaching.reached) return "reached";
  const { days, soonest, latest } = reaching;
  const band =
    soonest === null ? "" : ` (${Math.round(soonest)} to ${latest === null ? "beyond" : Math.round(latest)})`;
  return days === null ? `not within the horizon${band}` : `in ${Math.round(days)} days${band}`;
}

const capacity = defineCommand({
  path: "analytics capacity",
  words: "Shows how full each server is: disk, connections, CPU and memory over a period.",
  examples: ["analytics capacity --range 30d"],
  options: period,
  async run(cli, _, options) {
    const told = await cli.send("analytics.capacity", await asked(cli, options));
    const rows = told.servers.map(({ server, tenants, disk, connections, cpu, memory }) => [
      ...[server.name, tenants, metricWords("storage", disk.usedMiB), metricWords("storage", disk.totalMiB)],
      ...[
        connections.peak,
        connections.limit,
        metricWords("cpu", cpu.avg),
        cpu.cores,
        metricWords("memory", memory.avg),
      ],
    ]);
    const columns = [
      "Server",
      ...["Tenants", "Data", "Disk", "Connections", "Limit", "CPU", "Cores", "Memory"].map(right),
    ];
    await cli.out.table(told, columns, rows, "There are no servers.");
    noteSpan(cli, told.span);
  },
});

const anomalies = defineCommand({
  path: "analytics anomalies",
  words: "Lists what was out of the ordinary: which tenant, when, how much and what is usual.",
  examples: ["analytics anomalies --range 7d"],
  options: { ...period, ...which },
  async run(cli, _, options) {
    const told = await cli.send("analytics.anomalies", await asked(cli, options));
    const rows = told.anomalies.map(({ tenant, metric, from, to, direction, peak, expected }) => [
      ...[tenant.slug, metric, direction, metricWords(metric, peak), metricWords(metric, expected)],
      ...[momentWords(from), to === null ? "goes on" : momentWords(to)],
    ]);
    const columns = ["Tenant", "Metric", "Which way", right("Value"), right("Usual"), "From", "To"];
    await cli.out.table(told, columns, rows, "Nothing was out of the ordinary.");
    const { tenants, usual, until } = told.watch;
    if (!cli.options.json) {
      cli.out.note(`What is usual is known of ${usual} of ${tenants} tenants, looked at up to ${momentWords(until)}.`);
    }
    noteSpan(cli, told.span);
  },
});

const neighbours = defineCommand({
  path: "analytics neighbours <server>",
  words: "Shows whose load goes with whose slowness on a server, and how likely that is chance.",
  examples: ["analytics neighbours embedded --range 7d"],
  options: {
    ...period,
    load: choice("whose load", ["cpu", "transactions", "buffers", "connections"]),
    felt: choice("what is felt", ["latency", "cacheHit", "waitTime"]),
    top: number("how many pairs", "count"),
  },
  async run(cli, { server }, options) {
    const { id } = await serverNamed(cli, server);
    const told = await cli.send("analytics.neighbours", { ...(await asked(cli, options)), server: id });
    const rows = told.pairs.map(({ noisy, suffers, correlation, lagSteps, steps, chance }) => [
      ...[noisy.slug, suffers.slug, correlation.toFixed(2), lagSteps, steps, chance.toPrecision(2)],
    ]);
    const columns = ["Load of", "Felt by", ...["Correlation", "Lag", "Steps", "Chance"].map(right)];
    await cli.out.table(told, columns, rows, told.refused ?? "Nobody's load goes with another's slowness.");
    if (!cli.options.json)
      cli.out.note(`${told.looked} pairs were looked at. That they go together does not say that one is the cause.`);
    noteSpan(cli, told.span);
  },
});

/** The commands of `analytics` that look at what may come, or why. */
export const outlookCommands: readonly AnyCommand[] = [forecast, capacity, anomalies, neighbours];
