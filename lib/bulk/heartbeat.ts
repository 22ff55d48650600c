import { setTimeout as delay } from "node:timers/promises";
import { log } from "@/lib/platform/log";
import { runnerPool } from "./runner-pool";
import type { GivenUp, Held, Work } from "./running";

/**
 * Renews the leases of what is held each third of a lease, until `signal` is aborted. An item whose lease was taken, or
 * could not be renewed for two thirds of it, is given up: somebody else may begin it.
 */
export async function keepLeases(work: Work, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(work.leaseMs / 3, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    await beat(work);
  }
}

async function beat(work: Work): Promise<void> {
  const held = [...work.held.values()];
  if (held.length === 0) return;
  const asked = performance.now();
  const watch = setTimeout(() => giveUpStale(work), Math.max(0, oldest(held) + (2 / 3) * work.leaseMs - asked));
  try {
    const kept = new Set(await renew(work, held));
    for (const one of held) {
      if (kept.has(one.item.position)) one.renewedAt = asked;
      else giveUp(work, one, "its lease was taken");
    }
  } catch (error) {
    log().warn({ run: work.run.id, error: String(error) }, "leases could not be renewed");
    giveUpStale(work);
  } finally {
    clearTimeout(watch);
  }
}

async function renew({ run, leaseMs }: Work, held: Held[]): Promise<number[]> {
  const positions = held.map(({ item }) => item.position);
  const leases = held.map(({ item }) => item.lease);
  const { rows } = await runnerPool().query<{ position: number }>({
    name: "bulk-heartbeat",
    text: `
      WITH ours AS (
        SELECT i.run_id, i.position FROM unnest($1::int[], $2::uuid[]) AS o(position, lease)
        JOIN bulk_items i ON i.run_id = $3::uuid AND i.position = o.position AND i.lease = o.lease
        WHERE i.status = 'running' ORDER BY i.position FOR UPDATE OF i)
      UPDATE bulk_items i SET lease_until = clock_timestamp() + $4::float * interval '1 ms'
      FROM ours WHERE i.run_id = ours.run_id AND i.position = ours.position
      RETURNING i.position`,
    values: [positions, leases, run.id, leaseMs],
  });
  return rows.map(({ position }) => position);
}

const oldest = (held: Held[]): number => Math.min(...held.map(({ renewedAt }) => renewedAt));

function giveUpStale(work: Work): void {
  const limit = performance.now() - (2 / 3) * work.leaseMs;
  for (const one of work.held.values()) if (one.renewedAt < limit) giveUp(work, one, "its lease could not be renewed");
}

/** What came to its end is not cut off: the statement that stores it finds out whether it still counts. */
function giveUp({ run, held, ends }: Work, one: Held, why: string): void {
  const { position, lease } = one.item;
  if (held.get(position) !== one || ends.some((end) => end.lease === lease) || one.abort.signal.aborted) return;
  log().warn({ run: run.id, position }, `an item was given up: ${why}`);
  one.abort.abort("lost" satisfies GivenUp);
}
