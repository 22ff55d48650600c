import { type Actor, actorName, scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import type { Db } from "@/lib/platform/prisma";
import { showCallerContract } from "./contract";
import { limitOf } from "./rate-limit";

export const showCaller = operation(showCallerContract, async ({ actor, db, ipAddress }) => ({
  kind: actor.kind,
  name: actor.kind === "nobody" ? null : actorName(actor),
  permissions: permissionsOf(actor),
  scope: scopeOf(actor),
  requestsPerMinute: limitOf(actor, ipAddress)?.perMinute ?? null,
  expiresAt: await endOf(actor, db),
}));

/** A person whose second factor was not proven may do nothing yet but prove it. */
function permissionsOf(actor: Actor) {
  if (actor.kind === "system") return null;
  return actor.kind === "nobody" || (actor.kind === "user" && !actor.secondFactor) ? [] : [...actor.permissions];
}

async function endOf(actor: Actor, db: Db): Promise<string | null> {
  if (actor.kind !== "key") return null;
  const row = await db.apiKey.findUnique({ where: { id: actor.id }, select: { expiresAt: true } });
  return row?.expiresAt?.toISOString() ?? null;
}
