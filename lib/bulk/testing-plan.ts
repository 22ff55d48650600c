import type { Ctx, KeyActor, UserActor } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import type { builtInRoles, Permission } from "@/lib/kernel/permissions";
import { everything, type Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { findPlanOperation } from "./plan-operations";
import type { RunView } from "./shapes";

/** Plans a run of an action, as its endpoint does. */
export async function plan(ctx: Ctx, action: string, input: object): Promise<RunView> {
  const found = findPlanOperation(`bulk-${action}`);
  if (!found) throw new Error(`There is no action ${action}.`);
  return (await perform(found as Operation, ctx, input)) as RunView;
}

/** Registry rows without databases: `count` tenants of the given slugs' beginning, quiet for a day. */
export async function makeRows(serverId: string, begin: string, count: number, more: Partial<Row> = {}): Promise<void> {
  const { plan: plans = "starter", region = "local", tags = [], status = "active" } = more;
  await controlDb().$executeRaw`
    INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, tags, created_at, updated_at)
    SELECT gen_random_uuid(), ${begin} || lpad(n::text, 6, '0'), ${begin} || ' ' || n, ${status}::tenant_status, ${plans},
           ${region}, ${serverId}::uuid, ${begin} || n, ${begin} || n, '', ${tags}::text[], now() - interval '1 day', now() - interval '1 day'
      FROM generate_series(1, ${count}::int) AS n`;
}

type Row = { plan: string; region: string; tags: string[]; status: string };

/** A person with a session, who can prove a second factor. */
export async function person(role: keyof typeof builtInRoles = "owner", scope: Scope = everything): Promise<Ctx> {
  const now = new Date();
  const [userId, sessionId] = [newId(now), newId(now)];
  const email = `${userId}@example.com`;
  await controlDb().user.create({ data: { id: userId, email, name: "A", role, passwordHash: "" } });
  await controlDb().session.create({
    data: { id: sessionId, userId, tokenHash: sessionId, expiresAt: new Date(now.getTime() + 3_600_000) },
  });
  const base = as(role, { scope }).actor as UserActor;
  return as(role, { actor: { ...base, id: userId, email, sessionId } });
}

/** A program with an API key's rights. */
export function program(permissions: readonly Permission[], scope: Scope = everything): Ctx {
  const id = newId(new Date());
  const actor: KeyActor = { kind: "key", id, name: "robot", prefix: "p", rateLimit: null, permissions, scope };
  return as("nobody", { actor });
}

/** Proves the person's second factor for a digest, as the console does before it confirms. */
export async function prove({ actor }: Ctx, digest: string): Promise<void> {
  const { id: userId, sessionId } = actor as UserActor;
  const now = new Date();
  const expiresAt = new Date(now.getTime() + 300_000);
  await controlDb().stepUp.create({ data: { id: newId(now), userId, sessionId, digest, createdAt: now, expiresAt } });
}
