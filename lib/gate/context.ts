import type { Clock } from "@/lib/kernel/clock";
import type { Permission } from "@/lib/kernel/permissions";
import { everything, type Scope } from "@/lib/kernel/scope";
import type { Db } from "@/lib/platform/prisma";

/** What somebody may do, and to which tenants. */
export type Rights = { permissions: readonly Permission[]; scope: Scope };

/** A person with a session; until the second factor is proven, the session only lets them enrol one. */
export type UserActor = Rights & {
  kind: "user";
  id: string;
  name: string;
  email: string;
  role: string;
  sessionId: string;
  secondFactor: boolean;
};

/** A program with an API key; `rateLimit` is requests a minute, null for the installation's. */
export type KeyActor = Rights & { kind: "key"; id: string; name: string; prefix: string; rateLimit: number | null };

/** Tenantry itself; with a scope where it goes on with what somebody began whose rights reach only some tenants. */
export type SystemActor = { kind: "system"; name: string; scope?: Scope };

/** Who does something. */
export type Actor = { kind: "nobody" } | UserActor | KeyActor | SystemActor;

/** What an operation tells the audit trail beside its input. */
export type AuditNote = { target?: string; before?: unknown; after?: unknown };

/** What an operation asks of its door beside the answer. */
export type Reply = {
  /** A new value for the session's cookie; null ends it. */
  sessionToken?: string | null;
  /** Header fields, by lower-case name. */
  headers?: Record<string, string>;
};

/** The states in which the caller wants to change a resource, and whether they were looked at. */
export type Condition = { states: "any" | readonly string[]; checked: boolean };

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
  /** The caller's If-Match header: see ./precondition.ts. */
  condition?: Condition;
  note: AuditNote;
  reply: Reply;
  /** The bulk run that this is a part of: kept with the activities. */
  bulkRun?: string;
};

/** An actor's name as the audit trail and the timelines show it. */
export function actorName(actor: Actor): string {
  if (actor.kind === "user") return actor.email;
  if (actor.kind === "key") return `key ${actor.name}`;
  return actor.kind === "system" ? actor.name : "nobody";
}

/** An actor's id, where there is one. */
export function actorId(actor: Actor): string | null {
  return actor.kind === "user" || actor.kind === "key" ? actor.id : null;
}

/** Which tenants an actor's rights reach. */
export function scopeOf(actor: Actor): Scope {
  return actor.kind === "nobody" ? everything : (actor.scope ?? everything);
}

/** The context of something that Tenantry does by itself, or that a person does on its host. */
export function systemContext(
  name: string,
  db: Db,
  now: Clock,
  requestId: string,
  signal: AbortSignal,
  scope: Scope = everything,
): Ctx {
  return {
    actor: { kind: "system", name, scope },
    ...{ db, now, requestId, signal },
    ...{ ipAddress: null, userAgent: null, idempotencyKey: null, note: {}, reply: {} },
  };
}
