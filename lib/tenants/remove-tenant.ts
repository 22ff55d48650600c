import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { withAdmin } from "@/lib/platform/postgres";
import { serverAccess } from "@/lib/servers/access";
import { inSlot } from "@/lib/servers/slots";
import { announceTenant, recordActivity } from "./activity";
import { removeTenantContract } from "./contract";
import { enforceStatus } from "./enforce";
import { lockTenant } from "./find";
import { roleMark } from "./role-steps";
import { beginSaga } from "./saga";
import { mark } from "./steps";
import { tenantInclude, tenantViewOf } from "./view";

export const removeTenant = operation(removeTenantContract, async (ctx, { id, confirm }) => {
  const before = await lockTenant(ctx, id);
  if (confirm !== before.slug) {
    const fields = { confirm: `Type ${before.slug} to confirm.` };
    throw new AppError("invalid", "The confirmation does not match the tenant's slug; nothing was deleted.", {
      fields,
    });
  }
  if (before.status === "deleting") throw new AppError("conflict", "The tenant is being deleted already.");
  if (before.status === "provisioning") {
    throw new AppError("conflict", "The tenant is still being made. Delete it once its steps have finished or failed.");
  }
  const data = { status: "deleting" as const, statusReason: null, version: { increment: 1 }, updatedAt: ctx.now() };
  const after = await ctx.db.tenant.update({ where: { id }, data, include: tenantInclude });
  await beginSaga(ctx.db, id, "remove", before.adopted);
  Object.assign(ctx.note, {
    target: id,
    before: { slug: before.slug, status: before.status },
    after: { status: "deleting" },
  });
  await recordActivity(ctx, { tenantId: id, type: "deletion_started", description: "Deletion started" });
  await announceTenant(ctx.db, id);
  await shutOut(ctx, before);
  return await tenantViewOf(ctx.db, after);
});

/** The tenant is shut out before the answer, not when the worker comes to it; a server that is away waits for that. */
async function shutOut(ctx: Ctx, tenant: Awaited<ReturnType<typeof lockTenant>>): Promise<void> {
  const server = await ctx.db.server.findUniqueOrThrow({ where: { id: tenant.serverId } });
  try {
    const access = await serverAccess(server);
    await inSlot(() =>
      withAdmin(access, async (admin) => {
        if ((await roleMark(admin, tenant.role)) === mark(tenant.id)) await enforceStatus(admin, tenant, "deleting");
      }),
    );
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
  }
}
