import type { Actor } from "@/lib/gate/context";
import { newId } from "@/lib/kernel/ids";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { controlDb } from "@/lib/platform/prisma";
import { rightsOf } from "./rights";

/** A session ends after this long without a request, and after the absolute time in any case. */
const idleMs = 12 * 3_600_000;
export const sessionSeconds = 7 * 86_400;

/** How often a session's last use is written down: not on every request. */
const seenMs = 60_000;

export type Device = { ipAddress: string | null; userAgent: string | null };

/** Opens a session and returns its cookie value, of which only the hash is kept. */
export async function openSession(userId: string, secondFactor: boolean, device: Device, now: Date): Promise<string> {
  const token = randomToken();
  await controlDb().session.create({
    data: {
      id: newId(now),
      userId,
      tokenHash: sha256(token),
      secondFactorAt: secondFactor ? now : null,
      ...device,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + sessionSeconds * 1000),
    },
  });
  return token;
}

/** Who holds a session's cookie; nobody when the session is unknown, ended or too old. Looked up on each request. */
export async function actorOfSession(token: string | undefined, now: Date): Promise<Actor> {
  if (!token) return { kind: "nobody" };
  const session = await controlDb().session.findUnique({
    where: { tokenHash: sha256(token) },
    include: { user: true },
  });
  if (!session || session.expiresAt <= now || now.getTime() - session.lastSeenAt.getTime() > idleMs)
    return { kind: "nobody" };
  if (now.getTime() - session.lastSeenAt.getTime() > seenMs) {
    await controlDb().session.updateMany({ where: { id: session.id }, data: { lastSeenAt: now } });
  }
  const { id, name, email, role } = session.user;
  const person = { id, name, email, role, sessionId: session.id, secondFactor: session.secondFactorAt !== null };
  return { kind: "user", ...person, ...(await rightsOf(controlDb(), session.user)) };
}

/** Ends a session at once, in every process: its live streams close too. */
export async function endSession(token: string): Promise<void> {
  const [ended] = await controlDb().session.findMany({ where: { tokenHash: sha256(token) }, select: { id: true } });
  if (!ended) return;
  await controlDb().session.deleteMany({ where: { id: ended.id } });
  await controlDb().$executeRaw`SELECT pg_notify('tenantry_session', ${ended.id})`;
}
