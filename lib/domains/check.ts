import { recordAudit } from "@/lib/gate/audit";
import { systemContext } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { lockTenant } from "@/lib/tenants/find";
import { verifyDomainContract } from "./contract";
import { type DnsTxt, dnsTxt, lookUp } from "./dns";
import type { Look } from "./rules";
import { settle } from "./settle";

/** So many are taken at a time, and asked about at once. */
const batch = 25;

/** For how long a worker has the domains that it took: those of one that was killed come back after it. */
const leaseMs = 120_000;

/** Looks at every domain that is due, until none is. Returns how many were looked at. */
export async function checkDomains(clock: Clock, signal: AbortSignal, txt: DnsTxt = dnsTxt): Promise<number> {
  for (let total = 0; ; ) {
    const due = signal.aborted ? [] : await takeDue(clock());
    if (due.length === 0) return total;
    const looks = await Promise.all(due.map((domain) => lookUp(domain, txt)));
    // One after the other: many may be one tenant's, whose row each of them holds.
    for (const [index, look] of looks.entries()) {
      const domain = due[index];
      if (domain) await writeDown(domain, look, clock, signal);
    }
    total += due.length;
  }
}

type Due = { id: string; tenantId: string; hostname: string; token: string };

/** No two workers take the same: the others pass by what one is taking, and then find it not due. */
async function takeDue(now: Date): Promise<Due[]> {
  return await controlDb().$queryRaw<Due[]>`
    UPDATE domains SET next_check_at = ${new Date(now.getTime() + leaseMs)}
    WHERE id IN (
      SELECT d.id FROM domains d JOIN tenants t ON t.id = d.tenant_id
      WHERE d.next_check_at <= ${now} AND t.deleted_at IS NULL AND t.status NOT IN ('deleted', 'deleting')
      ORDER BY d.next_check_at LIMIT ${batch} FOR UPDATE OF d SKIP LOCKED)
    RETURNING id, tenant_id AS "tenantId", hostname, token`;
}

async function writeDown(domain: Due, look: Look, clock: Clock, signal: AbortSignal): Promise<void> {
  const { id, tenantId, hostname } = domain;
  try {
    await controlDb().$transaction(async (db) => {
      const ctx = systemContext("worker", db, clock, newId(clock()), signal);
      const { status } = await lockTenant(ctx, tenantId);
      if (status === "deleted" || status === "deleting") return;
      const before = await db.domain.findUnique({ where: { id } });
      const after = await settle(ctx, { tenantId, id }, look, false);
      if (before?.verifiedBy === after.verifiedBy) return;
      await recordAudit(ctx, {
        operation: verifyDomainContract.id,
        outcome: "done",
        input: { id: tenantId, domain: id },
      });
    });
  } catch (error) {
    // Removed, proven by another or changed by somebody meanwhile: the next look finds it as it is then.
    log().info({ domain: hostname, error: String(error) }, "a domain could not be looked at");
  }
}
