import type { listFleetActivities } from "@/lib/analytics/activities";
import type { RunView } from "@/lib/bulk/shapes";
import type { listAnomalies } from "@/lib/forecast/anomalies";
import { metrics } from "@/lib/kernel/metrics";
import type { Column, Section, Table } from "../pdf/document";
import { count, shownValue } from "../pdf/figures";
import { moment } from "../pdf/moments";
import type { AnswerOf } from "./fleet-facts";
import { named } from "./fleet-sections";

const start = (title: string, width: Column["width"]): Column => ({ title, align: "start", width });

type Activities = AnswerOf<typeof listFleetActivities>;

/** What changed of tenants' statuses, newest first. */
export function statusChanges(changes: Activities | undefined, zone: string): Section[] {
  if (!changes) return [];
  const table: Table = {
    kind: "table",
    columns: [start("When", "auto"), start("Tenant", 1), start("What", 1.4), start("By", 0.8)],
    rows: changes.activities.map(({ at, tenant, description, actor }) => [
      moment(at, zone),
      named(tenant),
      description,
      actor,
    ]),
    empty: "No tenant's status changed in the period.",
    note: cut(changes.activities.length, changes.total, "newest changes"),
  };
  return [{ title: "Changes of tenants' status", blocks: [table] }];
}

/** Bulk runs of the period with what became of their tenants. */
export function bulkRuns(runs: readonly RunView[] | undefined, zone: string, empty: string): Section[] {
  if (!runs) return [];
  const table: Table = {
    kind: "table",
    columns: [start("Planned", "auto"), start("What", 1.2), start("By", 0.8), start("How it went", 1.1)],
    rows: runs.map((run) => [
      moment(run.plannedAt, zone),
      { text: run.title, small: run.note },
      run.plannedBy,
      { text: run.status.replaceAll("_", " "), small: resultOf(run) },
    ]),
    empty,
  };
  return [{ title: "Bulk runs", blocks: [table] }];
}

/** How many of a run's tenants came to what end. */
export function resultOf({ total, counts }: RunView): string {
  const parts = Object.entries(counts).filter(([, tenants]) => tenants > 0);
  const told = parts.map(([status, tenants]) => `${count(tenants)} ${status}`).join(", ");
  return `${count(total)} ${total === 1 ? "tenant" : "tenants"}${told === "" ? "" : `: ${told}`}`;
}

type Anomalies = AnswerOf<typeof listAnomalies>;

/** What was out of the ordinary, and how far that is known. */
export function anomalies(found: Anomalies | undefined, zone: string): Section[] {
  if (!found) return [];
  const { watch } = found;
  const told = farthest(found.anomalies);
  const table: Table = {
    kind: "table",
    columns: [
      start("From", "auto"),
      start("Tenant", 1),
      start("Metric", "auto"),
      start("What", 1.2),
      start("Until", "auto"),
    ],
    rows: told.map(({ from, to, tenant, metric, direction, peak, expected }) => [
      moment(from, zone),
      named(tenant),
      metrics[metric].label,
      `${direction === "high" ? "up" : "down"} to ${shownValue(metric, peak)}, where ${shownValue(metric, expected)} is usual`,
      to === null ? "goes on" : moment(to, zone),
    ]),
    empty: "None was found in the period.",
    note: anomaliesNote(told.length, found.anomalies.length, found.total),
  };
  const text =
    watch.usual === 0
      ? `It is not known yet what is usual of any tenant${watch.possible ? `; it will be from ${moment(watch.possible, zone)} on` : ""}.`
      : `It is known what is usual of ${count(watch.usual)} of ${count(watch.tenants)} tenants${watch.until ? `; hours were looked at up to ${moment(watch.until, zone)}` : ""}.`;
  return [{ title: "Out of the ordinary", blocks: [{ kind: "text", tone: "muted", text }, table] }];
}

/** So many are listed: a page of them says what dozens would. */
const mostAnomalies = 25;

/** Those that were farthest from usual, in their order. */
function farthest(all: Anomalies["anomalies"]): Anomalies["anomalies"] {
  const kept = new Set([...all].sort((one, other) => other.score - one.score).slice(0, mostAnomalies));
  return all.filter((one) => kept.has(one));
}

function anomaliesNote(shown: number, read: number, total: number): string {
  if (shown === total) return "";
  const of = read < total ? `the newest ${count(read)} of ${count(total)}` : count(total);
  return `These are the ${count(shown)} that were farthest from usual, of ${of}.`;
}

function cut(shown: number, total: number, which: string): string {
  return shown < total ? `These are the ${count(shown)} ${which} of ${count(total)}.` : "";
}
