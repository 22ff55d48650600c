import { metricNames, metrics } from "@/lib/kernel/metrics";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, choice, choices, defineCommand, list, number, only, text } from "../command";
import { serverNamed, tenantNamed } from "../find";
import { momentIn } from "../moments";
import { paging, showList } from "../pages";
import { tenantStatuses } from "../tenant-statuses";
import { metricWords, momentWords, pairs } from "../words";

type Tenant = Operations["tenants.show"]["output"];

const listTenants = defineCommand({
  path: "tenants list",
  words: "Lists tenants with their newest figures.",
  examples: ["tenants list --status active,suspended --sort storage --order desc", "tenants list --all --json"],
  options: {
    search: text("part of a name, slug or domain"),
    status: choices("only with these statuses", tenantStatuses),
    plan: list("only with these plans", "plan"),
    region: list("only in these regions", "region"),
    tag: list("only with these tags", "tag"),
    server: text("only on this server, by its name or id", "server"),
    sort: choice("by what", ["name", "slug", "status", "plan", "createdAt", ...metricNames]),
    order: choice("which way", ["asc", "desc"]),
    ...paging,
  },
  async run(cli, _, { all, limit, server, ...filter }) {
    const on = server === undefined ? {} : { server: (await serverNamed(cli, server)).id };
    await showList(cli, "tenants.list", { ...only(filter), ...on }, only({ all, limit }), {
      columns: ["Slug", "Name", "Status", "Plan", "Region", "Server", { title: "Storage", align: "right" }],
      rows: ({ tenants }) => tenants.map(row),
      none: "There are no such tenants.",
    });
  },
});

function row({ slug, name, status, plan, region, server, usage }: Tenant): string[] {
  return [slug, name, status, plan, region, server.name, metricWords("storage", usage.storage?.value)];
}

const showTenant = defineCommand({
  path: "tenants show <tenant>",
  words: "Shows a tenant with its domains and newest figures.",
  examples: ["tenants show acme", "tenants show acme --json"],
  async run(cli, { tenant }) {
    const one = await tenantNamed(cli, tenant);
    cli.out.result(one, () => tenantWords(one));
  },
});

function tenantWords(one: Tenant): string {
  return pairs([
    ["Slug", one.slug],
    ["Name", one.name],
    ["Id", one.id],
    ["Status", one.statusReason ? `${one.status} (${one.statusReason})` : one.status],
    ["Plan", one.plan],
    ["Region", one.region],
    ["Tags", one.tags.join(", ") || null],
    ["Server", one.server.name],
    ["Database", `${one.database}, role ${one.role}${one.adopted ? ", adopted" : ""}`],
    ["Domains", one.domains.map(({ hostname, primary }) => (primary ? `${hostname} (primary)` : hostname)).join(", ")],
    ["Schema", one.schema === null ? null : one.schema.version || "no migration applied"],
    ["Maintenance", one.maintenance && `since ${momentWords(one.maintenance.startedAt)}: ${one.maintenance.message}`],
    ["Created", momentWords(one.createdAt)],
    ...(one.purgeAfter ? [purgeRow(one.purgeAfter)] : []),
    ...figures(one),
    ["Measured", momentWords(one.measuredAt)],
  ]);
}

const purgeRow = (at: string): [string, string] => ["Purged after", momentWords(at)];

/** Every known figure with how it was measured. */
function figures({ usage }: Tenant): [string, string][] {
  return metricNames.flatMap((name): [string, string][] => {
    const measured = usage[name];
    return measured ? [[metrics[name].label, `${metricWords(name, measured.value)}  (${measured.source})`]] : [];
  });
}

const usage = defineCommand({
  path: "tenants usage <tenant>",
  words: "Shows a tenant's newest figures, each with how and when it was measured, and its limit.",
  examples: ["tenants usage acme", "tenants usage acme --json"],
  async run(cli, { tenant }) {
    const { id } = await tenantNamed(cli, tenant);
    const answer = await cli.send("tenants.usage", { id });
    const rows = answer.metrics.map(({ metric, label, value, limit, source, recordedAt }) => [
      ...[label, metricWords(metric, value), metricWords(metric, limit), source, recordedAt && momentWords(recordedAt)],
    ]);
    await cli.out.table(answer, ["Figure", "Now", "Limit", "Measured by", "Written"], rows, "Nothing is measured yet.");
  },
});

const history = defineCommand({
  path: "tenants history <tenant>",
  words: "Shows a tenant's figures over a time: least, mean, most and last, as measured.",
  examples: ["tenants history acme --range 7d --metric storage,connections", "tenants history acme --json"],
  options: {
    range: choice("over how long", ["1h", "6h", "24h", "7d", "30d", "90d", "1y"]),
    metric: choices("which figures", metricNames),
  },
  async run(cli, { tenant }, { range = "24h", metric }) {
    const { id } = await tenantNamed(cli, tenant);
    const answer = await cli.send("analytics.tenant", { id, range, ...only({ metric }) });
    const columns = ["Figure", "Least", "Mean", "Most", "Last", "Measured by"];
    await cli.out.table(answer, columns, totals(answer), "Nothing is known of that time.");
  },
});

function totals({ totals, series }: Operations["analytics.tenant"]["output"]): string[][] {
  return metricNames.flatMap((name) => {
    const total = totals[name];
    if (!total || total.known === 0) return [];
    const values = [total.min, total.avg, total.max, total.last].map((value) => metricWords(name, value));
    return [[metrics[name].label, ...values, series[name]?.sources.join(", ") ?? ""]];
  });
}

const activities = defineCommand({
  path: "tenants activities <tenant>",
  words: "Lists what happened to a tenant, newest first.",
  examples: ["tenants activities acme --limit 20", "tenants activities acme --from 2027-01-01 --all --json"],
  options: {
    type: list("only of these types, such as status_changed", "type"),
    actor: text("only by this actor"),
    from: text("the first moment", "time"),
    to: text("the first moment that is left out", "time"),
    ...paging,
  },
  async run(cli, { tenant }, { type, actor, from, to, all, limit }) {
    const { id } = await tenantNamed(cli, tenant);
    const input = only({ id, type, actor, from: momentIn(from), to: momentIn(to) });
    await showList(cli, "tenants.activities", input, only({ all, limit }), {
      columns: ["When", "Type", "What", "Who"],
      rows: (answer) => answer.activities.map((one) => [momentWords(one.at), one.type, one.description, one.actor]),
      none: "Nothing happened yet.",
    });
  },
});

const connections = defineCommand({
  path: "tenants connections <tenant>",
  words: "Shows which app processes hold connections to a tenant's database.",
  examples: ["tenants connections acme"],
  async run(cli, { tenant }) {
    const { id } = await tenantNamed(cli, tenant);
    const answer = await cli.send("runtime.tenant", { id });
    const rows = answer.holders.map(({ process, open, idle, waiting, evictions }) => [
      ...[process.app, `${process.host}:${process.pid}`, process.state],
      ...[open, idle, waiting, evictions],
    ]);
    const columns = ["App", "Process", "State", "Open", "Idle", "Waiting", "Evicted"];
    await cli.out.table(answer, columns, rows, "No app process holds a connection to it.");
  },
});

const statements = defineCommand({
  path: "tenants statements <tenant>",
  words: "Shows what runs in a tenant's database now, and which of its statements took most time.",
  examples: ["tenants statements acme", "tenants statements acme --limit 5 --json"],
  options: { limit: number("how many of each kind, at most 100", "count") },
  async run(cli, { tenant }, options) {
    const { id } = await tenantNamed(cli, tenant);
    const told = await cli.send("monitoring.statements", { id, ...only(options) });
    if (told.error !== null) cli.out.note(told.error);
    const now = (told.running ?? []).map((one) => [
      ...["now", `${one.state}, pid ${one.pid}`, secondsWords(one.seconds), null, null, one.statement],
    ]);
    const counted = (told.top ?? []).map((one) => [
      ...["counted", `${one.calls} calls`, secondsWords(one.totalMs / 1000), secondsWords(one.meanMs / 1000)],
      ...[one.share === null ? null : `${Math.round(one.share * 100)} %`, one.statement],
    ]);
    const columns = ["When", "What", "For or total", "Mean", "Share", "Statement"];
    await cli.out.table(told, columns, [...now, ...counted], "Nothing runs in its database.");
    if (told.missing !== null) cli.out.note(missingWords[told.missing]);
    if (told.countedSince !== null) cli.out.note(`Counted since ${momentWords(told.countedSince)}.`);
  },
});

const secondsWords = (seconds: number | null): string | null => {
  if (seconds === null) return null;
  return seconds < 1 ? `${(seconds * 1000).toFixed(1)} ms` : `${seconds.toFixed(1)} s`;
};

const missingWords = {
  library: "What took most time is not known: put pg_stat_statements into shared_preload_libraries of the server.",
  extension: "What took most time is not known: run CREATE EXTENSION pg_stat_statements on the server.",
};

/** What is known of tenants. */
export const tenantReadCommands: readonly AnyCommand[] = [
  ...[listTenants, showTenant, usage, history, activities, connections, statements],
];
