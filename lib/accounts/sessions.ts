import type { Actor, Ctx } from "@/lib/gate/context";
import { newId } from "@/lib/kernel/ids";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { env } from "@/lib/platform/env";
import { controlDb, type Db, type Prisma } from "@/lib/platform/prisma";
import { personOf, signInFirst } from "./person";
import { rightsOf } from "./rights";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How often a session's last use is written down: not on every request. */
const seenMs = minuteMs;

/** Seconds after which a session ends, used or not. */
export function sessionSeconds(): number {
  return (env().SESSION_HOURS * hourMs) / 1000;
}

/** The sessions that are not over: neither old, nor idle for too long, nor of somebody who was deactivated. */
export function liveSessions(now: Date): Prisma.SessionWhereInput {
  const before = (ms: number) => new Date(now.getTime() - ms);
  return {
    expiresAt: { gt: now },
    createdAt: { gt: before(env().SESSION_HOURS * hourMs) },
    lastSeenAt: { gte: before(env().SESSION_IDLE_MINUTES * minuteMs) },
    user: { deactivatedAt: null },
  };
}

export type Device = { ipAddress: string | null; userAgent: string | null };

type NewSession = { userId: string; secondFactor: boolean; device: Device };

/** Opens a session and returns its cookie value, of which only the hash is kept. */
export async function openSession(db: Db, { userId, secondFactor, device }: NewSession, now: Date): Promise<string> {
  const token = randomToken();
  await db.session.create({
    data: {
      id: newId(now),
      userId,
      tokenHash: sha256(token),
      secondFactorAt: secondFactor ? now : null,
      ...device,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + sessionSeconds() * 1000),
    },
  });
  return token;
}

/** Who holds a session's cookie; nobody when the session is unknown or over. Looked up on each request. */
export async function actorOfSession(token: string | undefined, now: Date): Promise<Actor> {
  if (!token) return { kind: "nobody" };
  const session = await controlDb().session.findFirst({
    where: { tokenHash: sha256(token), ...liveSessions(now) },
    include: { user: true },
  });
  if (!session) return { kind: "nobody" };
  if (now.getTime() - session.lastSeenAt.getTime() > seenMs) await touchSessions([session.id], now);
  const { id, name, email, role } = session.user;
  const person = { id, name, email, role, sessionId: session.id, secondFactor: session.secondFactorAt !== null };
  return { kind: "user", ...person, ...(await rightsOf(controlDb(), session.user)) };
}

/** Writes down that sessions are in use, as one with an open live stream is. A session that is over stays over. */
export async function touchSessions(ids: string[], now: Date): Promise<void> {
  const stale = { lastSeenAt: { lt: new Date(now.getTime() - seenMs) } };
  await controlDb().session.updateMany({
    where: { id: { in: ids }, AND: [liveSessions(now), stale] },
    data: { lastSeenAt: now },
  });
}

/**
 * Gives the caller's session a new cookie value, for the second factor was just proven: whoever learned the old value
 * is out. The session's row, with its absolute end, stays.
 */
export async function rotateSession(ctx: Ctx): Promise<void> {
  const { sessionId } = personOf(ctx);
  const token = randomToken();
  const { count } = await ctx.db.session.updateMany({
    where: { id: sessionId },
    data: { tokenHash: sha256(token), secondFactorAt: ctx.now(), lastSeenAt: ctx.now() },
  });
  if (count === 0) throw signInFirst();
  ctx.reply.sessionToken = token;
}

/**
 * Ends sessions at once, in every process: their live streams close when the caller's transaction commits. Change the
 * user first: a sign-in that is under way then sees the change, or its session is ended here.
 */
export async function endSessions(db: Db, where: Prisma.SessionWhereInput): Promise<number> {
  const found = await db.session.findMany({ where, select: { id: true } });
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return 0;
  const { count } = await db.session.deleteMany({ where: { id: { in: ids } } });
  await db.$executeRaw`SELECT pg_notify('tenantry_session', id) FROM unnest(${ids}::text[]) AS id`;
  return count;
}
