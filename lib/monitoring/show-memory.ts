import type pg from "pg";
import { scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { fleetHold } from "@/lib/kernel/metrics";
import { serverStates } from "@/lib/metrics/overview-questions";
import { askServers } from "@/lib/servers/ask-servers";
import { ageOf } from "./age";
import { memoryMonitorContract } from "./contract";
import { topTenants } from "./top-tenants";
import { patienceMs, wholeServers } from "./whole-servers";

export const showMemoryNow = operation(memoryMonitorContract, async (ctx, { limit }) => {
  const answers = await askServers(await wholeServers(ctx), sharedBuffers, patienceMs);
  const at = ctx.now();
  const states = await serverStates(ctx.db, new Date(at.getTime() - fleetHold));
  return {
    partial: scopeOf(ctx.actor).kind !== "all",
    servers: answers.map(({ server: { id, name, memoryMb, lastTickAt }, answer, error }) => {
      const {
        memory = null,
        memoryUnattributed = null,
        memorySource = null,
        buffers = null,
      } = states.find((one) => one.id === id) ?? {};
      return {
        ...{ id, name, answered: answer !== null, error, private: memory, unattributed: memoryUnattributed },
        ...{ source: memorySource, buffers, sharedBuffers: answer, host: memoryMb, ...ageOf(lastTickAt, at) },
      };
    }),
    top: await topTenants(ctx, "memory", limit),
    at: at.toISOString(),
  };
});

/** In MiB. */
async function sharedBuffers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    "SELECT pg_size_bytes(current_setting('shared_buffers'))::float8 AS bytes",
  );
  return (rows[0]?.bytes ?? 0) / (1024 * 1024);
}
