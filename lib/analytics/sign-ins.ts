import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { keptFor } from "@/lib/gate/fleet-operation";
import { briefly } from "@/lib/gate/kept-answers";
import { readMany } from "@/lib/gate/many";
import { operation } from "@/lib/gate/operation";
import type { TenantName } from "@/lib/history/shapes";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { readActivities } from "@/lib/tenants/activity-rows";
import { type TenantFilter, tenantCondition } from "@/lib/tenants/list-tenants";
import { signInTypes } from "@/lib/tenants/shapes";
import { happenedTo } from "./activity-rows";
import { signInsContract } from "./contract";
import { type CountSteps, countSpan, countSteps } from "./count-steps";
import { stateAt } from "./question";

const latest = 50;

/** Sign-ins of tenants' own users. */
export const listSignIns = operation(signInsContract, async (ctx, input) => {
  return await keptFor(signInsContract, ctx, input, () => readMany(ctx, (own) => signInsOf(own, input)), briefly);
});

async function signInsOf(ctx: Ctx, input: z.output<typeof signInsContract.input>) {
  const steps = countSteps(input, ctx.now());
  const which = Prisma.sql`a.activity_type = ANY(${[...signInTypes]}) AND ${await happenedTo(ctx, input, steps)}`;
  const counts = await overTime(ctx.db, which, steps);
  const tenants = await byTenant(ctx.db, which, input.top);
  const failing = await failingAddresses(ctx.db, which, input.top);
  const quiet = await quietTenants(ctx, input, steps);
  const { activities } = await readActivities(ctx.db, "analytics.signIns", which, { limit: latest });
  const total = (of: "succeeded" | "failed") => counts.reduce((sum, count) => sum + count[of], 0);
  return {
    span: countSpan(steps, (await stateAt(ctx.now)).madeUp),
    totals: { succeeded: total("succeeded"), failed: total("failed"), users: tenants.users },
    steps: steps.begins.map((at, index) => {
      const here = counts.find(({ step }) => step === index + 1);
      return { at, succeeded: here?.succeeded ?? 0, failed: here?.failed ?? 0 };
    }),
    tenants: tenants.top,
    failing,
    quiet,
    latest: activities,
  };
}

// A flood is told in one activity, which says for how many it stands.
const times = Prisma.sql`coalesce((a.metadata->>'times')::int, 1)`;
const succeeded = Prisma.sql`coalesce(sum(${times}) FILTER (WHERE a.activity_type = 'signed_in'), 0)::int`;
const failed = Prisma.sql`coalesce(sum(${times}) FILTER (WHERE a.activity_type = 'sign_in_failed'), 0)::int`;

// Of those that a flood stands for, and of who told of it, no user is known.
const user = Prisma.sql`CASE WHEN a.metadata->>'times' IS NULL THEN coalesce(a.metadata->>'user', a.actor) END`;

type Count = { step: number; succeeded: number; failed: number };

async function overTime(db: Db, which: Prisma.Sql, { begins }: CountSteps): Promise<Count[]> {
  const times = begins.map((at) => new Date(at).toISOString());
  return await db.$queryRaw<Count[]>`
    SELECT width_bucket(a.created_at, ${times}::timestamptz[])::int AS step, ${succeeded} AS succeeded, ${failed} AS failed
      FROM tenant_activities a WHERE ${which} GROUP BY 1`;
}

type TenantRow = TenantName & {
  succeeded: number;
  failed: number;
  users: number;
  lastAt: Date | null;
  allUsers: number;
};

/** The tenants with the most sign-ins, and how many users signed in to all of them: each tenant's are its own. */
async function byTenant(db: Db, which: Prisma.Sql, top: number) {
  const rows = await db.$queryRaw<TenantRow[]>`
    WITH users AS (
      SELECT a.tenant_id, ${user} AS name, ${succeeded} AS succeeded, ${failed} AS failed,
             max(a.created_at) FILTER (WHERE a.activity_type = 'signed_in') AS last
        FROM tenant_activities a WHERE ${which} GROUP BY 1, 2
    ), counted AS (
      SELECT tenant_id, sum(succeeded)::int AS succeeded, sum(failed)::int AS failed, max(last) AS "lastAt",
             count(name) FILTER (WHERE succeeded > 0)::int AS users
        FROM users GROUP BY 1
    ), ranked AS (
      SELECT *, sum(users) OVER ()::int AS "allUsers" FROM counted
       ORDER BY succeeded + failed DESC, tenant_id LIMIT ${top}
    )
    SELECT ranked.*, t.id, t.slug, t.name, t.status::text AS status, t.plan
      FROM ranked JOIN tenants t ON t.id = ranked.tenant_id
     ORDER BY ranked.succeeded + ranked.failed DESC, t.id`;
  return {
    users: rows[0]?.allUsers ?? 0,
    top: rows.map(({ id, slug, name, status, plan, lastAt, ...row }) => ({
      tenant: { id, slug, name, status, plan },
      succeeded: row.succeeded,
      failed: row.failed,
      users: row.users,
      lastAt: lastAt?.toISOString() ?? null,
    })),
  };
}

type Address = { address: string; failed: number; tenants: number; lastAt: Date };

async function failingAddresses(db: Db, which: Prisma.Sql, top: number) {
  const rows = await db.$queryRaw<Address[]>`
    SELECT host(a.ip_address) AS address, ${failed} AS failed, count(DISTINCT a.tenant_id)::int AS tenants,
           max(a.created_at) AS "lastAt"
      FROM tenant_activities a
     WHERE ${which} AND a.activity_type = 'sign_in_failed' AND a.ip_address IS NOT NULL
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${top}`;
  return rows.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() }));
}

type Asked = TenantFilter & { tenant?: string | undefined };

async function quietTenants(ctx: Pick<Ctx, "db" | "actor">, input: Asked, { from, to }: CountSteps): Promise<number> {
  const one = input.tenant === undefined ? Prisma.empty : Prisma.sql`AND t.id = ${input.tenant}::uuid`;
  const [row] = await ctx.db.$queryRaw<{ tenants: number }[]>`
    SELECT count(*)::int AS tenants FROM tenants t
     WHERE ${tenantCondition(ctx.actor, input)} ${one} AND t.status = 'active' AND NOT EXISTS (
       SELECT FROM tenant_activities a WHERE a.tenant_id = t.id AND a.activity_type = 'signed_in'
          AND a.created_at >= ${new Date(from)} AND a.created_at < ${new Date(to)})`;
  return row?.tenants ?? 0;
}
