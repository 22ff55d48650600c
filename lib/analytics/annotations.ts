import type { Actor, Ctx } from "@/lib/gate/context";
import type { Frame } from "@/lib/history/span";
import { signInTypes } from "@/lib/tenants/shapes";
import type { Annotation } from "./shapes";

const most = 500;

/** What happened to a tenant within a frame, in time order; nothing for those who may not read activities. */
export async function annotationsOf({ db, actor }: Pick<Ctx, "db" | "actor">, tenant: string, { from, to }: Frame) {
  if (!mayRead(actor)) return [];
  const rows = await db.tenantActivity.findMany({
    where: {
      tenantId: tenant,
      createdAt: { gte: new Date(from), lt: new Date(to) },
      // Visits of a tenant's own users are too many to be marks on a chart.
      NOT: { activityType: { in: [...signInTypes] } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: most,
    select: { createdAt: true, activityType: true, description: true, actor: true },
  });
  return rows.reverse().map(
    ({ createdAt, activityType, description, actor: who }): Annotation => ({
      at: createdAt.toISOString(),
      type: activityType,
      description,
      actor: who,
    }),
  );
}

/** Whether somebody may know what happened to tenants. */
export function mayRead(actor: Actor): boolean {
  if (actor.kind === "nobody") return false;
  return actor.kind === "system" || actor.permissions.includes("activities:read");
}
