import type { Clock } from "@/lib/kernel/clock";
import type { Role } from "@/lib/kernel/permissions";
import type { Db } from "@/lib/platform/prisma";

/** Who does something. */
export type Actor =
  | { kind: "nobody" }
  | { kind: "user"; id: string; name: string; email: string; role: Role; sessionId: string; secondFactor: boolean }
  | { kind: "system"; name: string };

/** What every operation gets first: who asks, the control database, the time, and how the request came in. */
export type Ctx = {
  actor: Actor;
  /** The control database; inside an operation that writes, its transaction. */
  db: Db;
  now: Clock;
  requestId: string;
  /** Aborted when the caller has gone. */
  signal: AbortSignal;
  ipAddress: string | null;
  userAgent: string | null;
  /** The caller's Idempotency-Key header. */
  idempotencyKey: string | null;
};

/** An actor's name as the audit trail and the timelines show it. */
export function actorName(actor: Actor): string {
  if (actor.kind === "user") return actor.email;
  return actor.kind === "system" ? actor.name : "nobody";
}

/** An actor's id, where there is one. */
export function actorId(actor: Actor): string | null {
  return actor.kind === "user" ? actor.id : null;
}
