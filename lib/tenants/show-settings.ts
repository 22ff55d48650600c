import { operation } from "@/lib/gate/operation";
import { showTenantSettingsContract } from "./contract-settings";
import { seeTenant } from "./find";
import { limitsOf } from "./limits";

export const showTenantSettings = operation(showTenantSettingsContract, async (ctx, { id }) => {
  return { limits: limitsOf((await seeTenant(ctx, id)).settings) };
});
