import type { Points } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import type { Block, Tile } from "../pdf/document";
import { change, count, counted, mebibytes, percent, shownValue, unknown, withSign } from "../pdf/figures";
import { moment } from "../pdf/moments";
import type { Time } from "./asked";
import type { FleetFacts } from "./fleet-facts";
import { overTime } from "./fleet-sections";
import { measuredPart } from "./gaps";
import { outlookOf } from "./servers-section";

const tiles: { metric: Metric; label: string }[] = [
  { metric: "cpu", label: "CPU, all together" },
  { metric: "memory", label: "Memory of backends" },
  { metric: "storage", label: "Storage" },
  { metric: "requests", label: "Requests" },
  { metric: "errors", label: "Errors" },
  { metric: "latency", label: "Response time" },
];

/** What a board reads: how many tenants there are, what they use, how that moved, and what asks for a look. */
export function fleetSummary(facts: FleetFacts, time: Time): Block[] {
  const { overview } = facts;
  if (!overview) return [{ kind: "text", tone: "muted", text: "Your rights do not cover figures of use." }];
  const { tenants, totals } = overview;
  const moved = tenants.created - tenants.deleted;
  const first: Tile = {
    label: "Tenants",
    value: count(tenants.total),
    change: `${moved === 0 ? "" : `${withSign(moved)}: `}${count(tenants.created)} made, ${count(tenants.deleted)} gone`,
  };
  const figures = tiles.map(({ metric, label }): Tile => {
    const { now = null, before = null } = totals[metric] ?? {};
    return { label, value: shownValue(metric, now), change: changeWords(now, before) };
  });
  const measured: Tile = {
    label: "Measured",
    value: tenants.total === 0 ? unknown : percent(measuredPart(overview)),
    change: `of the time; ${count(tenants.measured)} of ${counted(tenants.total, "tenant")}`,
  };
  const text = "Means over the period, and how they moved against the period before.";
  return [
    { kind: "tiles", tiles: [first, ...figures, measured] },
    { kind: "text", tone: "muted", text },
    { kind: "facts", rows: toKnow(facts, time) },
    { kind: "charts", charts: overTime(facts, time, ["cpu", "storage"]) },
  ];
}

/** A figure against the period before, in a few words. */
export function changeWords(now: number | null, before: number | null): string {
  if (now === null) return "not measured";
  const moved = change(now, before);
  return moved === unknown ? "nothing is known of before" : moved;
}

/** What somebody with one minute should know, a line each. */
function toKnow({ overview, growth, changes, runs, anomalies, capacity }: FleetFacts, { tz }: Time) {
  const rows: { label: string; value: string }[] = [];
  const say = (label: string, value: string | undefined) => value !== undefined && rows.push({ label, value });
  say("Storage", growth && storageWords(growth.storage));
  say("Busiest", busiest(overview?.series.cpu ?? [], tz));
  say("Errors", errorWords(overview?.totals));
  say(
    "Status",
    changes &&
      (changes.total === 0 ? "No tenant's changed." : `${counted(changes.total, "change")} of tenants' status.`),
  );
  say("Bulk runs", runs && runsWords(runs));
  say("Out of the ordinary", anomalies && anomalyWords(anomalies));
  say("Servers", capacity && soonestWords(capacity.servers));
  return rows;
}

function storageWords(points: Points): string {
  const known = points.flatMap(([, value]) => value ?? []);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return "Not measured.";
  return `${mebibytes(first)} at the beginning, ${mebibytes(last)} as measured last (${change(last, first)}).`;
}

function busiest(points: Points, zone: string): string {
  const known = points.flatMap(([at, value]) => (value === null ? [] : [{ at, value }]));
  const [first] = known;
  if (!first) return "CPU was not measured.";
  const most = known.reduce((one, other) => (other.value > one.value ? other : one), first);
  return `CPU was highest with ${shownValue("cpu", most.value)} of one core in the step from ${moment(most.at, zone)}.`;
}

function errorWords(totals: NonNullable<FleetFacts["overview"]>["totals"] | undefined): string {
  const [errors, requests] = [totals?.errors?.now ?? null, totals?.requests?.now ?? null];
  if (errors === null || requests === null || requests === 0) return "Not measured.";
  return `${errors / requests < 0.0005 && errors > 0 ? "Less than 0.1 %" : percent(errors / requests)} of requests failed.`;
}

function runsWords(runs: NonNullable<FleetFacts["runs"]>): string {
  if (runs.length === 0) return "None in the period.";
  const failed = runs.reduce((sum, { counts }) => sum + (counts.failed ?? 0), 0);
  return `${counted(runs.length, "run")}; ${failed === 0 ? "no tenant failed" : `${counted(failed, "tenant")} failed`}.`;
}

function anomalyWords({ total, open, watch }: NonNullable<FleetFacts["anomalies"]>): string {
  if (watch.usual === 0) return "It is not known yet what is usual.";
  return total === 0
    ? "None was found."
    : `${count(total)} found; ${open === 0 ? "none goes on" : `${count(open)} go on`}.`;
}

/** The limit that is reached first. */
function soonestWords(servers: NonNullable<FleetFacts["capacity"]>["servers"]): string {
  const reached = servers.flatMap(({ server, outlooks }) =>
    outlooks.flatMap((outlook) => {
      const days = outlook.reaching?.days ?? null;
      return days === null ? [] : [{ name: server.name, outlook, days }];
    }),
  );
  const [soonest] = reached.sort((one, other) => one.days - other.days);
  const all = servers.flatMap(({ outlooks }) => outlooks);
  const foretold = all.filter(({ reaching }) => reaching !== null).length;
  const words =
    foretold === 0 ? "nothing can be foretold yet" : "no limit of theirs is foreseen to be reached within half a year";
  const some =
    foretold > 0 && foretold < all.length
      ? `; of ${all.length - foretold} of ${all.length} limits nothing can be foretold`
      : "";
  if (!soonest) return `${counted(servers.length, "server")}; ${words}${some}.`;
  return `${soonest.name}: ${outlookOf(soonest.outlook)}`;
}
