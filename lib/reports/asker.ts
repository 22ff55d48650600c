import { rightsOf } from "@/lib/accounts/rights";
import { type Actor, actorId, actorName, scopeOf } from "@/lib/gate/context";
import { isPermission } from "@/lib/kernel/permissions";
import { everything, type Scope, scopeShape } from "@/lib/kernel/scope";
import type { Db } from "@/lib/platform/prisma";

/** Who asked for something that is done later, as it is kept: `kind` and `id` say whose rights count then. */
export type Asker = { name: string; kind: "user" | "key" | "system"; id: string | null; scope: Scope };

/** Who asked for something, or may not do so any more: why, in words for people. */
export type AskerNow = { actor: Actor } | { lost: string };

/** How an actor is kept. */
export function askerOf(actor: Exclude<Actor, { kind: "nobody" }>): Asker {
  return { name: actorName(actor), kind: actor.kind, id: actorId(actor), scope: scopeOf(actor) };
}

/** An asker with the rights of now: nobody keeps by a report what was taken from them. */
export async function askerNow(db: Db, { name, kind, id }: Omit<Asker, "scope">, now: Date): Promise<AskerNow> {
  if (kind === "system" || id === null) return { actor: { kind: "system", name, scope: everything } };
  return kind === "user" ? await userNow(db, id, name) : await keyNow(db, id, name, now);
}

async function userNow(db: Db, id: string, name: string): Promise<AskerNow> {
  const user = await db.user.findFirst({ where: { id, deactivatedAt: null } });
  if (!user) return { lost: `${name} has no account any more, or it is deactivated.` };
  const rights = await rightsOf(db, user);
  // No session belongs to it: what asks for one refuses this actor.
  return {
    actor: {
      ...{ kind: "user", id, name: user.name, email: user.email, role: user.role, sessionId: "", secondFactor: true },
      ...rights,
    },
  };
}

async function keyNow(db: Db, id: string, name: string, now: Date): Promise<AskerNow> {
  const key = await db.apiKey.findUnique({ where: { id } });
  if (!key || key.revokedAt) return { lost: `The ${name} was revoked.` };
  if (key.expiresAt && key.expiresAt <= now) return { lost: `The ${name} has expired.` };
  const { prefix, rateLimit } = key;
  const rights = { permissions: key.permissions.filter(isPermission), scope: scopeShape.parse(key.scope) };
  return { actor: { kind: "key", id, name: key.name, prefix, rateLimit, ...rights } };
}
