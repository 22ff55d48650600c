import { permissionsOf } from "@/lib/accounts/rights";
import { recordAudit } from "@/lib/gate/audit";
import { type Ctx, systemContext, type UserActor } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { everything, inScope, scopeShape } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { findUnaudited, type Unaudited } from "./audit-questions";
import { endAccess } from "./end-access";
import { stateOf } from "./view";

/**
 * What the worker does about support access every few seconds: writes to the audit trail what happened in the apps,
 * whose runtime has only the timeline, and ends what somebody may have no longer. Each row is for itself: one that
 * can't be settled keeps no other from it. Throws at the end when there was such a row.
 */
export async function settleSupport(now: Clock, signal: AbortSignal): Promise<void> {
  const failures = [
    // What somebody may no longer have goes first: it can't wait for the trail.
    ...(await eachForItself(await findOpen(now), signal, (row) => endWithoutRight(row, now, signal))),
    ...(await eachForItself(await findUnaudited(controlDb(), now()), signal, (found) => audit(found, now, signal))),
  ];
  if (failures.length > 0) throw new AggregateError(failures, `support access was not settled: ${failures.join("; ")}`);
}

/** Does something to every row, and gives back what went wrong. */
async function eachForItself<Row extends { id: string }>(
  rows: readonly Row[],
  signal: AbortSignal,
  work: (row: Row) => Promise<void>,
): Promise<Error[]> {
  const failures: Error[] = [];
  for (const row of rows) {
    if (signal.aborted) break;
    await work(row).catch((cause: unknown) => failures.push(new Error(`${row.id}: ${String(cause)}`, { cause })));
  }
  return failures;
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

type OpenRow = Awaited<ReturnType<typeof findOpen>>[number];

async function findOpen(now: Clock) {
  const where = { endedAt: null, sessionEnds: { gt: now() } };
  return await controlDb().supportAccess.findMany({ where, include: { tenant: true } });
}

/** Ends a link or session of somebody who was deactivated, lost the right, or whose scope no longer has the tenant. */
async function endWithoutRight({ tenant, ...row }: OpenRow, now: Clock, signal: AbortSignal): Promise<void> {
  if (!["open", "active"].includes(stateOf(row, now()))) return;
  const why = await whyNot(row.userId, tenant);
  if (why === null) return;
  await controlDb().$transaction(async (db) => {
    const ctx = systemContext("worker", db, now, newId(now()), signal);
    const after = await endAccess(ctx, row, "Tenantry", `: ${why}`);
    ctx.note.target = row.tenantId;
    ctx.note.after = { access: row.id, user: row.userEmail, state: stateOf(after, now()) };
    await recordAudit(ctx, { operation: "support.end", outcome: "done", reason: why });
  });
}

async function whyNot(userId: string, tenant: Parameters<typeof inScope>[1]): Promise<string | null> {
  const user = await controlDb().user.findUnique({ where: { id: userId } });
  if (!user) return "there is no such user any more";
  if (user.deactivatedAt !== null) return "the user was deactivated";
  const scope = scopeShape.safeParse(user.scope);
  if (!scope.success) return "the user's scope can't be read";
  const permissions = await permissionsOf(controlDb(), user.role);
  if (!permissions.includes("tenants:support")) return "the user may not open apps as support any more";
  return inScope(scope.data, tenant) ? null : "the tenant left the user's scope";
}
