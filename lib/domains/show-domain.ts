import { operation } from "@/lib/gate/operation";
import { seeTenant } from "@/lib/tenants/find";
import { showDomainContract } from "./contract";
import { findDomain } from "./find";
import { domainDetailOf } from "./view";

export const showDomain = operation(showDomainContract, async (ctx, { id, domain }) => {
  await seeTenant(ctx, id);
  return await domainDetailOf(ctx.db, await findDomain(ctx, id, domain));
});
