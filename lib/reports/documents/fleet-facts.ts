import type { z } from "zod";
import { listFleetActivities } from "@/lib/analytics/activities";
import { listTenantUse } from "@/lib/analytics/list-tenant-use";
import { showGrowth } from "@/lib/analytics/show-growth";
import { showAnalyticsOverview } from "@/lib/analytics/show-overview";
import { showCpuUse, showMemoryUse, showRequestsUse, showStorageUse } from "@/lib/analytics/show-resource";
import { listRuns } from "@/lib/bulk/list-runs";
import type { RunView } from "@/lib/bulk/shapes";
import { listAnomalies } from "@/lib/forecast/anomalies";
import { showCapacity } from "@/lib/forecast/capacity";
import type { Operation } from "@/lib/gate/operation";
import { showHistory } from "@/lib/history/show-history";
import { showHealth } from "@/lib/system/show-health";
import type { ActivityType } from "@/lib/tenants/activity";
import type { TenantFilter } from "@/lib/tenants/list-tenants";
import type { Asking, Time } from "./asked";

/** What an operation answers. */
export type AnswerOf<Op extends Operation> = z.output<Op["contract"]["output"]>;

/** All that a fleet report tells; undefined is what the asker's rights do not cover. */
export type FleetFacts = Awaited<ReturnType<typeof fleetFacts>>;

/** In how many parts the facts are asked for. */
export const fleetParts = 11;

/** As many tenants are listed one by one. */
export const mostTenants = 500;
const mostLines = 200;

/** Which activities are changes of a tenant's status, or lead to one. */
export const statusTypes: ActivityType[] = [
  ...(["created", "adopted", "status_changed", "maintenance_started", "maintenance_ended"] as const),
  ...(["deletion_started", "deleted", "restored"] as const),
];

/** Asks all that a fleet report tells. */
export async function fleetFacts(asking: Asking, time: Time, which: TenantFilter) {
  const question = { ...time, ...which };
  const part = async <T>(answer: Promise<T>): Promise<T> => {
    const given = await answer;
    asking.step();
    return given;
  };
  const figures = "figures of use";
  const overview = await part(asking.ask(showAnalyticsOverview, question, figures));
  // Three at once: as many questions over many tenants as a process reads at the same time.
  const [tenants, growth, cpu] = await Promise.all([
    part(tenantsOf(asking, question, overview?.tenants.total ?? 0)),
    part(asking.ask(showGrowth, question, figures)),
    part(asking.ask(showCpuUse, question, figures)),
  ]);
  const [memory, storage, requests] = await Promise.all([
    part(asking.ask(showMemoryUse, question, figures)),
    part(asking.ask(showStorageUse, question, figures)),
    part(asking.ask(showRequestsUse, question, figures)),
  ]);
  const happened = { ...question, type: statusTypes, limit: mostLines };
  return {
    ...{ overview, tenants, growth, cpu, memory, storage, requests },
    changes: await part(asking.ask(listFleetActivities, happened, "changes of status")),
    runs: await part(runsOf(asking, time)),
    anomalies: await part(asking.ask(listAnomalies, { ...question, pageSize: mostLines }, "anomalies")),
    capacity: await part(asking.ask(showCapacity, time, "servers and how full they are")),
    history: await asking.ask(showHistory, {}, "how long usage is kept"),
    health: await asking.ask(showHealth, {}, "the state of the installation"),
  };
}

/** All by name where that is not too many, else those that used most CPU. */
async function tenantsOf(asking: Asking, question: Time & TenantFilter, total: number) {
  const order =
    total <= mostTenants ? ({ sort: "name", order: "asc" } as const) : ({ sort: "cpu", order: "desc" } as const);
  const ask = (page: number) =>
    asking.ask(listTenantUse, { ...question, ...order, page, pageSize: 100 }, "figures of use");
  const first = await ask(1);
  if (!first) return undefined;
  const tenants = [...first.tenants];
  for (let page = 2; tenants.length < Math.min(first.total, mostTenants); page++) {
    const more = await ask(page);
    if (!more || more.tenants.length === 0) break;
    tenants.push(...more.tenants);
  }
  return { ...first, tenants, byName: order.sort === "name" };
}

/** A run may have been planned that long before it was at work. */
const plannedBefore = 7 * 86_400_000;

/** The bulk runs that were planned in a time, or at work. */
export async function runsOf(asking: Asking, { from, to }: Time): Promise<RunView[] | undefined> {
  const found: RunView[] = [];
  for (let cursor: string | undefined; found.length < mostLines; ) {
    const page = await asking.ask(listRuns, { limit: 200, ...(cursor && { cursor }) }, "bulk runs");
    if (!page) return undefined;
    found.push(...page.runs.filter((run) => isWithin(run, from, to)));
    const oldest = page.runs.at(-1);
    if (!page.next || !oldest || Date.parse(oldest.plannedAt) < Date.parse(from) - plannedBefore) break;
    cursor = page.next;
  }
  return found.slice(0, mostLines);
}

/** Whether a run was planned or at work within a time. */
export function isWithin({ plannedAt, startedAt, finishedAt }: RunView, from: string, to: string): boolean {
  const began = startedAt ?? plannedAt;
  const planned = plannedAt >= from && plannedAt < to;
  return planned || (began < to && (finishedAt ?? began) >= from);
}
