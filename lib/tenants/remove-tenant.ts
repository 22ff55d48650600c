import { refuse } from "@/lib/gate/access";
import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import { showTenantContract } from "./contract";
import { removeTenantContract } from "./contract-life";
import { lockTenant } from "./find";
import { deleteTenant } from "./grace";
import { beginPurge } from "./purge";
import { tenantViewOf } from "./view";

const purging = {
  ...removeTenantContract,
  access: "tenants:purge" as const,
  summary: "Purge a tenant before its time of grace is over.",
};

export const removeTenant = operation(removeTenantContract, async (ctx, { id, confirm, purge }) => {
  const refusal = purge && refuse(purging, ctx.actor);
  if (refusal) throw refusal;
  const before = await lockTenant(ctx, id);
  await requireMatch(ctx, showTenantContract, () => tenantViewOf(ctx.db, before));
  if (confirm !== before.slug) {
    const fields = { confirm: `Type ${before.slug} to confirm.` };
    throw new AppError("invalid", "The confirmation does not match the tenant's slug; nothing was deleted.", {
      fields,
    });
  }
  const after = purge ? await beginPurge(ctx, before) : await deleteTenant(ctx, before);
  return await tenantViewOf(ctx.db, after);
});
