import { setTimeout as delay } from "node:timers/promises";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { registryPool } from "@/lib/runtime/registry";
import { createRuntime } from "@/lib/runtime/runtime";
import { Client } from "./client";
import { type Customer, findFleet } from "./fleet";
import { stopSignal } from "./stopping";
import { stopVisiting } from "./visit";

/**
 * The workload of the demo: `node --import tsx sample/workload.ts`. Drives the sample app over HTTP, and databases by
 * SQL, for every tenant of the demo whose settings name a shape. A suspended tenant's customers go on trying, slowly.
 */
const rereadMs = 3000;
const mostWaitMs = 600_000;
const stop = stopSignal();
const runtime = createRuntime({
  app: "Sample workload",
  baseDomain: env().TENANTRY_APP_DOMAIN,
  pools: { total: 16, perTenant: 2 },
});
const registry = registryPool();
const running = new Map<string, { end: AbortController; done: Promise<void> }>();
/** Shops that could not be filled: how often, and when that is tried again. */
const unfilled = new Map<string, { tries: number; after: number }>();
process.send?.({ type: "ready" });

while (!stop.aborted) {
  await follow().catch((error: unknown) => log().warn({ error: String(error) }, "the demo's tenants are not known"));
  await delay(rereadMs, undefined, { signal: stop }).catch(() => undefined);
}
for (const { end } of running.values()) end.abort();
await Promise.all([...running.values()].map(({ done }) => done));
stopVisiting();
await runtime.close();
await registry.end();
if (process.connected) process.disconnect();

/** Starts the clients of tenants that became active, one seeding at a time, and ends those of tenants that are gone. */
async function follow(): Promise<void> {
  const fleet = await findFleet(registry);
  const present = new Set(fleet.map(({ id }) => id));
  for (const [id, { end }] of running) {
    if (present.has(id)) continue;
    end.abort();
    running.delete(id);
  }
  for (const customer of fleet) {
    if (stop.aborted) return;
    if (customer.active && !running.has(customer.id) && (unfilled.get(customer.id)?.after ?? 0) <= Date.now())
      await start(customer);
  }
}

async function start(customer: Customer): Promise<void> {
  const client = new Client(customer, runtime, env().TENANTRY_APP_PORT);
  try {
    await client.seed();
    unfilled.delete(customer.id);
  } catch (error) {
    unfilled.set(customer.id, laterAgain(customer, error));
    return;
  }
  const end = new AbortController();
  const done = client.run(end.signal);
  running.set(customer.id, { end, done });
}

/** Rarer each time, and told once: a database that someone changed may never take the demo's rows. */
function laterAgain({ id, slug }: Customer, error: unknown): { tries: number; after: number } {
  const tries = (unfilled.get(id)?.tries ?? 0) + 1;
  if (tries === 3) log().warn({ tenant: slug, error: String(error) }, "a demo shop can't be filled; tried rarely now");
  return { tries, after: Date.now() + Math.min(mostWaitMs, rereadMs * 3 ** tries) };
}
