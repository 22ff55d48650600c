import type { Clock } from "@/lib/kernel/clock";
import type { Scope } from "@/lib/kernel/scope";
import { interestOf, type LiveEvent } from "./live-event";
import { LiveHub } from "./live-hub";

// Next's development server loads this module again on each change; one hub must stay.
const held = globalThis as { tenantryLive?: LiveHub | undefined };

/** The process's hub, which begins to listen when it is first asked for. */
export function liveHub(clock: Clock): LiveHub {
  held.tenantryLive ??= new LiveHub(clock);
  return held.tenantryLive;
}

/** Stops listening; the next subscription begins anew. */
export function stopLive(): void {
  held.tenantryLive?.stop();
  held.tenantryLive = undefined;
}

export type Subscription = {
  /** fleet, activities, tenants, bulk, isolation, tenant:<id> */
  topics: string[];
  /** Which tenants the reader's rights reach. */
  scope: Scope;
  /** The id of the last event that the client has; null for a client that comes for the first time. */
  lastEventId: string | null;
  signal: AbortSignal;
  clock: Clock;
};

/** The live messages of some topics, first `hello`; ends when the signal is aborted. */
export async function* subscribe({
  topics,
  scope,
  lastEventId,
  signal,
  clock,
}: Subscription): AsyncGenerator<LiveEvent> {
  const hub = liveHub(clock);
  await hub.listening();
  const { mailbox, leave } = hub.join(interestOf(topics, scope), lastEventId, signal);
  try {
    yield { data: { type: "hello", at: clock().toISOString() } };
    for (let event = await mailbox.take(); event; event = await mailbox.take()) yield event;
  } finally {
    leave();
  }
}
