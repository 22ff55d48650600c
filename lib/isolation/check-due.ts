import { systemContext } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { env } from "@/lib/platform/env";
import { controlDb, Prisma } from "@/lib/platform/prisma";
import { reserveSlot } from "@/lib/servers/slots";
import { checkServer, longestMs } from "./check-server";

const hourMs = 3_600_000;
const retryMs = 10 * 60_000;
const settleMs = 5 * 60_000;

/**
 * Checks the servers that are due: never looked at, not for ISOLATION_CHECK_HOURS, ten minutes after a failure, or since a
 * tenant was made there (at most every five minutes). Of several workers one begins each. Returns how many it checked.
 * When a tenant was made is read from its id (lib/kernel/ids.ts), which is indexed: the demo's are dated back.
 */
export async function checkDue(clock: Clock, signal: AbortSignal): Promise<number> {
  if (env().ISOLATION_CHECK_HOURS === 0) return 0;
  const asking = systemContext("Tenantry", controlDb(), clock, newId(clock()), signal);
  const servers = await controlDb().server.findMany({ where: { removedAt: null }, orderBy: { name: "asc" } });
  const checked = await Promise.all(
    servers.map((server) =>
      reserveSlot(signal, async () => await checkServer(server, asking, due(clock()))).catch((error: unknown) => {
        if (signal.aborted) return false;
        throw error;
      }),
    ),
  );
  return checked.filter(Boolean).length;
}

/** Over `c`, the server's check. */
function due(now: Date): Prisma.Sql {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const hours = env().ISOLATION_CHECK_HOURS * hourMs;
  return Prisma.sql`CASE
    WHEN c.started_at > coalesce(c.finished_at, '-infinity') THEN c.started_at < ${before(longestMs)}
    WHEN c.error IS NOT NULL THEN c.finished_at < ${before(Math.min(retryMs, hours))}
    ELSE c.finished_at < ${before(hours)} OR (c.finished_at < ${before(settleMs)} AND EXISTS (
      SELECT FROM tenants t WHERE t.server_id = c.server_id AND t.deleted_at IS NULL
        AND t.id > (lpad(to_hex(floor(extract(epoch FROM c.looked_at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
        AND t.status NOT IN ('provisioning', 'deleting'))) END`;
}
