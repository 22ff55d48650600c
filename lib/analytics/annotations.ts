import type { Actor } from "@/lib/gate/context";
import type { Frame } from "@/lib/history/span";
import type { Reading } from "@/lib/platform/quick-db";
import { signInTypes } from "@/lib/tenants/shapes";
import type { Annotation } from "./shapes";

const most = 500;

/** What happened to a tenant within a frame, in time order; nothing for those who may not read activities. */
export async function annotationsOf(db: Reading, actor: Actor, tenant: string, { from, to }: Frame) {
  if (!mayRead(actor)) return [];
  // Visits of a tenant's own users are too many to be marks on a chart.
  const rows = await db.$queryRaw<(Omit<Annotation, "at"> & { at: Date })[]>`
    SELECT created_at AS at, activity_type AS type, description, actor FROM tenant_activities
     WHERE tenant_id = ${tenant}::uuid AND created_at >= ${new Date(from)} AND created_at < ${new Date(to)}
       AND activity_type <> ALL(${[...signInTypes]})
     ORDER BY created_at DESC, id DESC LIMIT ${most}`;
  return rows.reverse().map((row): Annotation => ({ ...row, at: row.at.toISOString() }));
}

/** Whether somebody may know what happened to tenants. */
export function mayRead(actor: Actor): boolean {
  if (actor.kind === "nobody") return false;
  return actor.kind === "system" || actor.permissions.includes("activities:read");
}
