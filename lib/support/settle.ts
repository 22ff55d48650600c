import { rightsOf } from "@/lib/accounts/rights";
import { recordAudit } from "@/lib/gate/audit";
import { type Ctx, systemContext, type UserActor } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { everything, inScope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { findUnaudited, type Unaudited } from "./audit-questions";
import { endAccess } from "./end-access";
import { stateOf } from "./view";

/**
 * What the worker does about support access every few seconds: writes to the audit trail what happened in the apps,
 * whose runtime has only the timeline, and ends what somebody may have no longer.
 */
export async function settleSupport(now: Clock, signal: AbortSignal): Promise<void> {
  for (const found of await findUnaudited(controlDb(), now())) {
    if (signal.aborted) return;
    await audit(found, now, signal);
  }
  await endWithoutRight(now, signal);
}

async function audit(found: Unaudited, now: Clock, signal: AbortSignal): Promise<void> {
  await controlDb().$transaction(async (db) => {
    // Workers that look at once must not both write it: who comes second finds it written.
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`audit ${found.id}`}, 0))`;
    const { id: requestId, operation } = found;
    if ((await db.auditEvent.count({ where: { requestId, operation } })) > 0) return;
    const { tenantId, ipAddress, userAgent, at } = found;
    const ctx: Ctx = {
      ...systemContext("worker", db, now, requestId, signal),
      ...{ actor: actorOf(found), ipAddress, userAgent },
      note: { target: tenantId, after: { access: found.id, at: at.toISOString() } },
    };
    await recordAudit(ctx, { operation, outcome: "done" });
  });
}

/** Who went in, as far as the trail tells; what they may do is asked nowhere. */
function actorOf({ userId, userName, userEmail }: Unaudited): UserActor {
  const person = { id: userId, name: userName, email: userEmail, role: "", sessionId: "", secondFactor: true };
  return { kind: "user", ...person, permissions: [], scope: everything };
}

/** Ends links and sessions of people who were deactivated, lost the right, or whose scope no longer has the tenant. */
async function endWithoutRight(now: Clock, signal: AbortSignal): Promise<void> {
  const rows = await controlDb().supportAccess.findMany({
    where: { endedAt: null, sessionEnds: { gt: now() } },
    include: { tenant: true },
  });
  for (const { tenant, ...row } of rows) {
    if (signal.aborted) return;
    if (!["open", "active"].includes(stateOf(row, now()))) continue;
    const why = await whyNot(row.userId, tenant);
    if (why === null) continue;
    await controlDb().$transaction(async (db) => {
      const ctx = systemContext("worker", db, now, newId(now()), signal);
      const after = await endAccess(ctx, row, "Tenantry", `: ${why}`);
      ctx.note.target = row.tenantId;
      ctx.note.after = { access: row.id, user: row.userEmail, state: stateOf(after, now()) };
      await recordAudit(ctx, { operation: "support.end", outcome: "done", reason: why });
    });
  }
}

async function whyNot(userId: string, tenant: Parameters<typeof inScope>[1]): Promise<string | null> {
  const user = await controlDb().user.findUnique({ where: { id: userId } });
  if (!user) return "there is no such user any more";
  if (user.deactivatedAt !== null) return "the user was deactivated";
  const { permissions, scope } = await rightsOf(controlDb(), user);
  if (!permissions.includes("tenants:support")) return "the user may not open apps as support any more";
  return inScope(scope, tenant) ? null : "the tenant left the user's scope";
}
