import { type Ctx, scopeOf } from "@/lib/gate/context";
import { kept } from "@/lib/gate/kept-answers";
import { visibleSql } from "@/lib/gate/visible";
import type { Asked } from "@/lib/history/asked";
import type { TenantName } from "@/lib/history/shapes";
import { type Frame, spanOf } from "@/lib/history/span";
import { type HistoryState, readState } from "@/lib/history/state";
import type { Clock } from "@/lib/kernel/clock";
import type { Prisma } from "@/lib/platform/prisma";
import { quickDb } from "@/lib/platform/quick-db";
import { seeTenant } from "@/lib/tenants/find";
import { type TenantFilter, tenantCondition } from "@/lib/tenants/list-tenants";

type Asking = Pick<Ctx, "db" | "actor" | "now">;

/** A question about many tenants: which (a condition on `tenants t`), how many those are, and the steps of its answer. */
export type FleetQuestion = { which: Prisma.Sql; tenants: number; frame: Frame };

/** Finds out about whom and when a question is. Only tenants within the actor's reach are counted. */
export async function fleetQuestion(ctx: Asking, input: Asked & TenantFilter): Promise<FleetQuestion> {
  const which = tenantCondition(ctx.actor, input);
  const now = ctx.now();
  const count = await ctx.db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM tenants t WHERE ${which}`;
  const state = await stateAt(ctx.now);
  const tenants = count[0]?.n ?? 0;
  return { which, tenants, frame: spanOf(input, now, state, { tenants, tail: false }) };
}

/** What is kept and rolled up, some seconds old at most: nearly every answer begins with it. */
export function stateAt(clock: Clock): Promise<HistoryState> {
  return kept(
    "what is kept",
    clock,
    () => readState(quickDb(), clock()),
    () => 1000,
    { least: 5000, most: 5000, stale: 5000 },
  );
}

/** Whether a question leaves tenants out, by its filter or by the actor's reach. */
export function isNarrowed({ actor }: Asking, { search, status, plan, region, tag, server }: TenantFilter): boolean {
  const lists = [status, plan, region, tag].some((list) => list.length > 0);
  return lists || search !== "" || server !== undefined || scopeOf(actor).kind !== "all";
}

/** Tenants' names in the order of their ids. Throws `not_found` for one that is unknown, deleted or out of reach. */
export async function reachable(ctx: Pick<Ctx, "db" | "actor">, ids: readonly string[]): Promise<TenantName[]> {
  const rows = await quickDb().$queryRaw<TenantName[]>`
    SELECT t.id::text, t.slug, t.name, t.status::text, t.plan FROM tenants t
     WHERE ${visibleSql(ctx.actor)} AND t.id = ANY(${[...ids]}::uuid[])`;
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  // It knows how to refuse.
  if (missing !== undefined) await seeTenant(ctx, missing);
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/** Tenants' names, by id; of those that are gone or out of reach since the question was read, none. */
export async function namesOf(
  { db, actor }: Pick<Ctx, "db" | "actor">,
  ids: readonly string[],
): Promise<Map<string, TenantName>> {
  const rows = await db.$queryRaw<TenantName[]>`
    SELECT t.id::text, t.slug, t.name, t.status::text, t.plan FROM tenants t
     WHERE ${visibleSql(actor)} AND t.id = ANY(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}
