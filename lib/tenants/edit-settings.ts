import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { changeLimits } from "./change-limits";
import { editTenantSettingsContract, showTenantSettingsContract } from "./contract-settings";
import { lockTenant } from "./find";
import { limitsOf } from "./limits";

export const editTenantSettings = operation(editTenantSettingsContract, async (ctx, { id, limits }) => {
  const before = await lockTenant(ctx, id);
  await requireMatch(ctx, showTenantSettingsContract, () => ({ limits: limitsOf(before.settings) }));
  const { settings } = await changeLimits(ctx, before, limits);
  ctx.note.target = id;
  return { limits: limitsOf(settings) };
});
