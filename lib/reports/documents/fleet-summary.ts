import type { Metric } from "@/lib/kernel/metrics";
import type { Block, Tile } from "../pdf/document";
import { change, count, percent, shownValue, unknown, withSign } from "../pdf/figures";
import type { FleetFacts } from "./fleet-facts";
import { measuredPart } from "./gaps";

const tiles: { metric: Metric; label: string }[] = [
  { metric: "cpu", label: "CPU, mean of all together" },
  { metric: "memory", label: "Memory of backends, mean" },
  { metric: "storage", label: "Storage, mean" },
  { metric: "requests", label: "Requests, mean" },
  { metric: "errors", label: "Errors, mean" },
  { metric: "latency", label: "Response time, mean" },
];

/** What a board reads: how many tenants there are, what they use, and how that moved. */
export function fleetSummary({ overview }: FleetFacts): Block[] {
  if (!overview) return [{ kind: "text", tone: "muted", text: "Your rights do not cover figures of use." }];
  const { tenants, totals } = overview;
  const moved = tenants.created - tenants.deleted;
  const first: Tile = {
    label: "Tenants",
    value: count(tenants.total),
    change: `${withSign(moved)}: ${tenants.created} made, ${tenants.deleted} gone`,
  };
  const figures = tiles.map(({ metric, label }): Tile => {
    const { now = null, before = null } = totals[metric] ?? {};
    return { label, value: shownValue(metric, now), change: changeWords(now, before) };
  });
  const part = measuredPart(overview);
  const measured: Tile = {
    label: "Measured",
    value: tenants.total === 0 ? unknown : percent(part),
    change: `of the period; ${tenants.measured} of ${count(tenants.total)} tenants`,
  };
  return [{ kind: "tiles", tiles: [first, ...figures, measured] }];
}

/** A figure against the period before, in words. */
export function changeWords(now: number | null, before: number | null): string {
  if (now === null) return "not measured";
  const moved = change(now, before);
  if (moved === unknown) return "nothing is known of the period before";
  return moved === "unchanged" ? "as in the period before" : `${moved} against the period before`;
}
