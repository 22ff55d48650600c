import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { type BuiltInRole, builtInRoles } from "@/lib/kernel/permissions";
import { everything, type Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import type { Actor, Ctx } from "./context";

export type Who = BuiltInRole | "system" | "nobody" | "first-factor";

/** A context for tests: as a user with a role (and a scope), as the system, or as nobody. */
export function as(who: Who, more: Partial<Ctx> & { scope?: Scope } = {}): Ctx {
  const { scope = everything, ...rest } = more;
  return {
    actor: actorFor(who, scope),
    db: controlDb(),
    now: systemClock,
    requestId: newId(systemClock()),
    signal: new AbortController().signal,
    ipAddress: "127.0.0.1",
    userAgent: "test",
    idempotencyKey: null,
    note: {},
    reply: {},
    ...rest,
  };
}

/** A context for tests: as a program whose API key has a role's rights, which nobody asks for a second factor. */
export function asKey(role: BuiltInRole, more: Partial<Ctx> = {}): Ctx {
  const { permissions } = builtInRoles[role];
  const key = { id: "00000000-0000-7000-8000-000000000002", name: role, prefix: role, rateLimit: null };
  return as("system", { actor: { kind: "key", ...key, permissions, scope: everything }, ...more });
}

function actorFor(who: Who, scope: Scope): Actor {
  if (who === "nobody") return { kind: "nobody" };
  if (who === "system") return { kind: "system", name: "test" };
  const id = "00000000-0000-7000-8000-000000000001";
  const role = who === "first-factor" ? "owner" : who;
  const secondFactor = who !== "first-factor";
  const { permissions } = builtInRoles[role];
  const person = { id, name: who, email: `${who}@example.com`, role, sessionId: id };
  return { kind: "user", ...person, secondFactor, permissions, scope };
}
