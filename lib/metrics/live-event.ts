import type { Scope } from "@/lib/kernel/scope";
import { type FleetMetric, fleetMetrics, type LiveMessage } from "./contract";

/** A message on its way to a browser. A tick's id is the stream's event id; other messages have none. */
export type LiveEvent = { id?: string; data: LiveMessage };

type TickMessage = Extract<LiveMessage, { type: "tick" }>;

/** What a client asked for. Clients with the same key get the very same objects, so each is made and encoded once. */
export type Interest = {
  key: string;
  fleet: boolean;
  activities: boolean;
  tenants: boolean;
  bulk: boolean;
  isolation: boolean;
  /** Tenants asked for by id. */
  ids: ReadonlySet<string>;
  /** Which tenants the reader's rights reach. */
  scope: Scope;
};

/** Reads the stream's topics: fleet, activities, tenants, bulk, isolation, tenant:<id>. */
export function interestOf(topics: string[], scope: Scope): Interest {
  const named = new Set(topics);
  const ids = new Set(topics.flatMap((topic) => (topic.startsWith("tenant:") ? [topic.slice(7).toLowerCase()] : [])));
  return {
    key: `${[...named].sort().join(",")} ${JSON.stringify(scope)}`,
    fleet: named.has("fleet"),
    activities: named.has("activities"),
    tenants: named.has("tenants"),
    bulk: named.has("bulk"),
    isolation: named.has("isolation"),
    ids,
    scope,
  };
}

/** The tenants that an event speaks of. */
export function tenantsOf({ data }: LiveEvent): string[] {
  if (data.type === "tick") return data.changes.map(({ id }) => id);
  return "tenantId" in data ? [data.tenantId] : [];
}

/** What a reader whose rights reach only `visible` may know of an event: no other tenant, and no sum over all. */
export function within(event: LiveEvent, visible: ReadonlySet<string>): LiveEvent | undefined {
  const { data } = event;
  if (data.type === "tick") {
    const changes = data.changes.filter(({ id }) => visible.has(id));
    return { ...event, data: { ...data, tick: { ...data.tick, ...unknownTotals }, partial: true, changes } };
  }
  return !("tenantId" in data) || visible.has(data.tenantId) ? event : undefined;
}

const unknownTotals = Object.fromEntries(fleetMetrics.map((name) => [name, null])) as Record<FleetMetric, null>;

/** What a client gets of an event: all of it, a part, or nothing. */
export function project(event: LiveEvent, interest: Interest): LiveEvent | undefined {
  const { data } = event;
  if (data.type === "tick") return projectTick(event, data, interest);
  if (data.type === "activity") return interest.activities || interest.ids.has(data.tenantId) ? event : undefined;
  if (data.type === "bulk") return interest.bulk ? event : undefined;
  if (data.type === "isolation") return interest.isolation ? event : undefined;
  if (data.type === "tenant") return interest.tenants || interest.ids.has(data.tenantId) ? event : undefined;
  return event;
}

function projectTick(event: LiveEvent, data: TickMessage, interest: Interest): LiveEvent | undefined {
  if (interest.fleet) return event;
  // Without tenants of interest a tick still tells that the stream is alive, and how old figures are.
  return { ...event, data: { ...data, changes: data.changes.filter(({ id }) => interest.ids.has(id)) } };
}

/**
 * Puts many events into few for a reader that can't keep up: of each server the newest tick, with the newest values
 * of every tenant that changed; of other messages one each.
 */
export function coalesce(events: LiveEvent[]): LiveEvent[] {
  const ticks = new Map<string, { event: LiveEvent; data: TickMessage }>();
  const others = new Map<string, LiveEvent>();
  for (const event of events) {
    const { data } = event;
    if (data.type !== "tick") {
      others.set(JSON.stringify(data), event);
      continue;
    }
    const earlier = ticks.get(data.tick.serverId);
    ticks.delete(data.tick.serverId);
    ticks.set(data.tick.serverId, { event, data: earlier ? merged(earlier.data, data) : data });
  }
  return [...others.values(), ...[...ticks.values()].map(({ event, data }) => ({ ...event, data }))];
}

function merged(earlier: TickMessage, later: TickMessage): TickMessage {
  const newest = new Map([...earlier.changes, ...later.changes].map((change) => [change.id, change]));
  return { ...later, changes: [...newest.values()] };
}
