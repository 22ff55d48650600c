import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, defineCommand, number, only } from "../command";
import type { Column } from "../table";
import { metricWords, momentWords, pairs } from "../words";

type Dashboard = Operations["monitoring.dashboard"]["output"];

const limit = number("how many tenants, at most 200", "count");
const right = (title: string): Column => ({ title, align: "right" });
const tenth = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);

const overview = defineCommand({
  path: "fleet overview",
  words: "Shows the fleet at a glance: tenants, servers, totals and health.",
  examples: ["fleet overview", "fleet overview --json"],
  async run(cli) {
    const { tenants, counts, servers, totals, health, measuredAt, top } = await cli.send("metrics.overview", {});
    const states = Object.entries(counts).filter(([, count]) => count);
    cli.out.result({ tenants, counts, servers, totals, health, measuredAt, top }, () =>
      pairs([
        ["Tenants", `${tenants} (${states.map(([status, count]) => `${count} ${status}`).join(", ")})`],
        ["Servers", servers],
        ...totalsRows(totals),
        ...health.map(({ name, state, detail }): Pair => [name, `${state}: ${detail}`]),
        ["Measured", momentWords(measuredAt)],
      ]),
    );
  },
});

type Pair = [label: string, value: string | number | null];

function totalsRows(totals: Dashboard["totals"]): Pair[] {
  return (["cpu", "memory", "storage", "requests", "connections"] as const).map(
    (metric): Pair => [`All ${metric}`, metricWords(metric, totals[metric]?.value)],
  );
}

const monitor = defineCommand({
  path: "fleet monitor",
  words: "Shows what a wall display would: counts, health, totals, servers, runs, anomalies and leaks.",
  examples: ["fleet monitor", "fleet monitor --json"],
  async run(cli) {
    const told = await cli.send("monitoring.dashboard", {});
    const { state, tenants, totals, health, servers, runs, anomalies, leaks, failedSteps, measuredAt } = told;
    cli.out.result(told, () =>
      pairs([
        ["State", state],
        ["Tenants", tenants],
        ...totalsRows(totals),
        ...health.map(({ name, state, detail }): Pair => [name, `${state}: ${detail}`]),
        ...servers.map(
          ({ name, state, ageSeconds }): Pair => [`Server ${name}`, `${state}, measured ${ago(ageSeconds)}`],
        ),
        ["Bulk runs", `${runs.atWork} at work, ${runs.paused} paused, ${runs.waiting} waiting`],
        ["Anomalies", anomalies],
        ["Isolation leaks", leaks],
        ["Failed steps", failedSteps],
        ["Measured", momentWords(measuredAt)],
      ]),
    );
  },
});

const ago = (seconds: number | null): string => (seconds === null ? "never" : `${Math.round(seconds)} s ago`);

const connections = defineCommand({
  path: "fleet connections",
  words: "Shows each server's connections against its limit, and the tenants with the most.",
  examples: ["fleet connections", "fleet connections --limit 50 --json"],
  options: { limit },
  async run(cli, _, options) {
    const told = await cli.send("monitoring.connections", only(options));
    const servers = told.servers.map(({ name, total, limit, reserved, left, byState, error }) => [
      ...[`server ${name}`, total, limit, reserved, left],
      error ??
        Object.entries(byState)
          .map(([state, count]) => `${count} ${state}`)
          .join(", "),
    ]);
    const tenants = told.top.map(({ slug, usage }) => [slug, usage.connections?.value ?? null]);
    const columns = ["Whose", right("Connections"), right("Limit"), right("Reserved"), right("Left"), "States"];
    await cli.out.table(told, columns, [...servers, ...tenants], "Nobody is connected.");
    const { processes, open, idle, waiting } = told.pools;
    cli.out.note(`App processes: ${processes}, with ${open} connections (${idle} idle), ${waiting} requests waiting.`);
  },
});

const pool = defineCommand({
  path: "fleet pool",
  words: "Shows the pools of the apps' processes, by tenant: connections, waits, time-outs.",
  examples: ["fleet pool", "fleet pool --limit 50"],
  options: { limit },
  async run(cli, _, options) {
    const { pools, total, at } = await cli.send("runtime.pools", only(options));
    const { processes } = await cli.send("runtime.processes", {});
    const names = ["open", "idle", "waiting", "connects", "reuses", "waits", "evictions", "timeouts"] as const;
    const ofApps = processes.map((one) => [
      `${one.app} ${one.host}:${one.pid}`,
      one.state,
      ...names.map((name) => one[name]),
    ]);
    const ofTenants = pools.map((one) => [one.tenant.slug, "", ...names.map((name) => one[name])]);
    const columns = ["Whose", "State", ...names.map(right)];
    await cli.out.table(
      { processes, pools, total, at },
      columns,
      [...ofApps, ...ofTenants],
      "No app uses the runtime now.",
    );
  },
});

const performance = defineCommand({
  path: "fleet performance",
  words: "Shows each server's transactions, cache hits and deadlocks, and the slowest statements of tenants.",
  examples: ["fleet performance", "fleet performance --json"],
  options: { limit },
  async run(cli, _, options) {
    const told = await cli.send("monitoring.performance", only(options));
    const servers = told.servers.map((one) => [
      ...[`server ${one.name}`, one.error, tenth(one.transactions), tenth(one.cacheHit), one.deadlocks, null],
    ]);
    const slow = told.slow.map((one) => [one.tenant.slug, one.statement, null, null, null, tenth(one.meanMs)]);
    const columns = [
      "Whose",
      "What",
      right("Transactions/s"),
      right("Cache hits %"),
      right("Deadlocks"),
      right("Mean ms"),
    ];
    await cli.out.table(told, columns, [...servers, ...slow], "There are no servers.");
  },
});

const memory = defineCommand({
  path: "fleet memory",
  words: "Shows memory by server and by tenant: backends' own and shared buffers, in MiB.",
  examples: ["fleet memory"],
  options: { limit },
  async run(cli, _, options) {
    const told = await cli.send("monitoring.memory", only(options));
    const servers = told.servers.map((one) => [
      ...[`server ${one.name}`, tenth(one.private), tenth(one.buffers), tenth(one.unattributed), tenth(one.host)],
      one.error ?? one.source,
    ]);
    const tenants = told.top.map(({ slug, usage }) => [
      ...[slug, tenth(usage.memory?.value ?? null), tenth(usage.buffers?.value ?? null), null, null],
      usage.memory?.source ?? null,
    ]);
    const columns = ["Whose", right("Backends"), right("Buffers"), right("Nobody's"), right("Host"), "How"];
    await cli.out.table(told, columns, [...servers, ...tenants], "There are no servers.");
  },
});

const system = defineCommand({
  path: "fleet system",
  words: "Shows Tenantry itself: versions, processes, settings without their secrets, limits and counts.",
  examples: ["fleet system", "fleet system --json"],
  async run(cli) {
    const told = await cli.send("system.show", {});
    cli.out.result(told, () =>
      pairs([
        ["Tenantry", told.version],
        ["Node", `${told.node} on ${told.platform}`],
        ["Control database", `PostgreSQL ${told.control.version}, ${Math.round(told.control.bytes / 2 ** 20)} MiB`],
        ...told.processes.map(
          ({ kind, host, pid, memoryMb }): Pair => [kind, `${host}:${pid}, ${Math.round(memoryMb)} MiB`],
        ),
        ...told.servers.map(({ name, version }): Pair => [`Server ${name}`, `PostgreSQL ${version ?? "unknown"}`]),
        ...told.settings.map(({ name, value, secret }): Pair => [name, secret ? "(kept to itself)" : value]),
      ]),
    );
  },
});

/** The commands of `fleet` that show figures. */
export const fleetFigureCommands: readonly AnyCommand[] = [
  ...[overview, monitor, connections, pool, performance, memory, system],
];
