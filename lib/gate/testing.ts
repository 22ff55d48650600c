import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import type { Role } from "@/lib/kernel/permissions";
import { controlDb } from "@/lib/platform/prisma";
import type { Actor, Ctx } from "./context";

/** A context for tests: as a user with a role, as the system, or as nobody. */
export function as(who: Role | "system" | "nobody" | "first-factor", more: Partial<Ctx> = {}): Ctx {
  return {
    actor: actorFor(who),
    db: controlDb(),
    now: systemClock,
    requestId: newId(systemClock()),
    signal: new AbortController().signal,
    ipAddress: "127.0.0.1",
    userAgent: "test",
    idempotencyKey: null,
    ...more,
  };
}

function actorFor(who: Role | "system" | "nobody" | "first-factor"): Actor {
  if (who === "nobody") return { kind: "nobody" };
  if (who === "system") return { kind: "system", name: "test" };
  const id = "00000000-0000-7000-8000-000000000001";
  const role = who === "first-factor" ? "owner" : who;
  const secondFactor = who !== "first-factor";
  return { kind: "user", id, name: who, email: `${who}@example.com`, role, sessionId: id, secondFactor };
}
