import { type Metric, metricNames } from "@/lib/kernel/metrics";
import { asked, noteSpan, period, right, which } from "../analytics-period";
import { type AnyCommand, defineCommand, list, number, text } from "../command";
import { tenantNamed } from "../find";
import { metricWords, momentWords, pairs } from "../words";
import { outlookCommands } from "./analytics-outlook";

const overview = defineCommand({
  path: "analytics overview",
  words: "Shows the fleet over a period, beside the period before.",
  examples: ["analytics overview --range 7d", "analytics overview --range 30d --plan business --json"],
  options: { ...period, ...which },
  async run(cli, _, options) {
    const told = await cli.send("analytics.overview", await asked(cli, options));
    const rows = metricNames.flatMap((metric) => {
      const one = told.totals[metric];
      return one ? [[metric, ...[one.now, one.before, one.peak].map((value) => metricWords(metric, value))]] : [];
    });
    await cli.out.table(
      told,
      ["Metric", right("Mean"), right("Before"), right("Highest step")],
      rows,
      "Nothing is known.",
    );
    const { total, measured, created, deleted } = told.tenants;
    if (!cli.options.json) cli.out.note(`${total} tenants, ${measured} measured, ${created} made, ${deleted} deleted.`);
    noteSpan(cli, told.span);
  },
});

const tenants = defineCommand({
  path: "analytics tenants",
  words: "Compares tenants over a period: mean, highest value and share of all.",
  examples: ["analytics tenants --metrics cpu,storage --range 7d"],
  options: {
    ...period,
    ...which,
    metrics: list("which metrics; cpu, memory, storage and requests unless told", "metric"),
  },
  async run(cli, _, { metrics, ...options }) {
    const told = await cli.send("analytics.tenants", await asked(cli, options));
    const wanted = (metrics ?? ["cpu", "memory", "storage", "requests"]) as Metric[];
    const rows = told.tenants.map(({ tenant, figures }) => [
      tenant.slug,
      ...wanted.flatMap((metric) => {
        const share = figures[metric]?.share ?? null;
        return [metricWords(metric, figures[metric]?.avg), share === null ? null : `${Math.round(share * 100)} %`];
      }),
    ]);
    const columns = ["Tenant", ...wanted.flatMap((metric) => [right(metric), right("of all")])];
    await cli.out.table(told, columns, rows, "There are no such tenants.");
    if (!cli.options.json && rows.length < told.total) cli.out.note(`${rows.length} of ${told.total} tenants.`);
    noteSpan(cli, told.span);
  },
});

const tenant = defineCommand({
  path: "analytics tenant <tenant>",
  words: "Shows one tenant over a period: each metric with its mean, extremes, rank and how much of the time is known.",
  examples: ["analytics tenant acme --range 30d"],
  options: period,
  async run(cli, { tenant }, options) {
    const { id } = await tenantNamed(cli, tenant);
    const told = await cli.send("analytics.tenant", { ...(await asked(cli, options)), id });
    const rows = metricNames.flatMap((metric) => {
      const one = told.totals[metric];
      if (!one) return [];
      const values = [one.avg, one.min, one.max, one.before].map((value) => metricWords(metric, value));
      return [[metric, ...values, one.rank, `${Math.round(one.known * 100)} %`]];
    });
    const columns = ["Metric", ...["Mean", "Least", "Most", "Before", "Rank", "Known"].map(right)];
    await cli.out.table(told, columns, rows, "Nothing is known of it.");
    noteSpan(cli, told.span);
  },
});

const growth = defineCommand({
  path: "analytics growth",
  words: "Shows how tenants and their storage grew, and which grow fastest.",
  examples: ["analytics growth --range 90d"],
  options: { ...period, ...which, top: number("how many of the fastest", "count") },
  async run(cli, _, options) {
    const told = await cli.send("analytics.growth", await asked(cli, options));
    const rows = told.fastest.map(({ tenant, from, to, perDay }) => [
      ...[tenant.slug, metricWords("storage", from), metricWords("storage", to), metricWords("storage", perDay)],
    ]);
    await cli.out.table(told, ["Tenant", right("From"), right("To"), right("A day")], rows, "Nothing grew.");
    const last = told.tenants.at(-1);
    if (last && !cli.options.json) cli.out.note(`${last.total} tenants at the end.`);
    noteSpan(cli, told.span);
  },
});

const activities = defineCommand({
  path: "analytics activities",
  words: "Shows what happened to tenants over a period, by kind.",
  examples: ["analytics activities --range 7d", "analytics activities --type status_changed --json"],
  options: { ...period, ...which, type: list("only these kinds", "kind"), text: text("only with this in the words") },
  async run(cli, _, options) {
    const told = await cli.send("analytics.activities", await asked(cli, options));
    const rows = told.types.map(({ type, activities }) => [type, activities]);
    await cli.out.table(told, ["Kind", right("Activities")], rows, "Nothing happened.");
    noteSpan(cli, told.span);
  },
});

const signIns = defineCommand({
  path: "analytics sign-ins",
  words: "Shows sign-ins at tenants' apps over a period, and where the most failed.",
  examples: ["analytics sign-ins --range 24h"],
  options: { ...period, ...which, top: number("how many tenants and addresses", "count") },
  async run(cli, _, options) {
    const told = await cli.send("analytics.signIns", await asked(cli, options));
    const tenants = told.tenants.map(({ tenant, succeeded, failed, users, lastAt }) => [
      ...[tenant.slug, succeeded, failed, users, momentWords(lastAt)],
    ]);
    const failing = told.failing.map(({ address, failed, lastAt }) => [
      address,
      null,
      failed,
      null,
      momentWords(lastAt),
    ]);
    const columns = ["Tenant or address", right("Signed in"), right("Failed"), right("Users"), "Last"];
    await cli.out.table(told, columns, [...tenants, ...failing], "Nobody signed in.");
    if (!cli.options.json) {
      const { succeeded, failed, users } = told.totals;
      cli.out.note(
        pairs([
          ["Signed in", succeeded],
          ["Failed", failed],
          ["Users", users],
          ["Quiet tenants", told.quiet],
        ]),
      );
    }
    noteSpan(cli, told.span);
  },
});

/** `analytics`: what was measured over time. */
export const analyticsCommands: readonly AnyCommand[] = [
  ...[overview, tenants, tenant, growth, activities, signIns],
  ...outlookCommands,
];
