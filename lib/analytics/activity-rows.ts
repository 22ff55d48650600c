import type { Ctx } from "@/lib/gate/context";
import { Prisma } from "@/lib/platform/prisma";
import { seeTenant } from "@/lib/tenants/find";
import { type TenantFilter, tenantCondition } from "@/lib/tenants/list-tenants";
import type { CountSteps } from "./count-steps";
import { isNarrowed } from "./question";

/**
 * Which activities `a` a question is about, of its time and tenants. Who may see all tenants also sees what happened to
 * those that are gone since, as long as the question names none.
 */
export async function happenedTo(
  ctx: Pick<Ctx, "db" | "actor" | "now">,
  input: TenantFilter & { tenant?: string | undefined },
  { from, to }: Pick<CountSteps, "from" | "to">,
): Promise<Prisma.Sql> {
  const within = Prisma.sql`a.created_at >= ${new Date(from)} AND a.created_at < ${new Date(to)}`;
  if (input.tenant !== undefined) await seeTenant(ctx, input.tenant);
  const one = input.tenant === undefined ? Prisma.empty : Prisma.sql`AND a.tenant_id = ${input.tenant}::uuid`;
  if (!isNarrowed(ctx, input)) return Prisma.sql`${within} ${one}`;
  const which = tenantCondition(ctx.actor, input);
  return Prisma.sql`${within} ${one} AND a.tenant_id IN (SELECT t.id FROM tenants t WHERE ${which})`;
}
