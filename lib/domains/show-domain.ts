import { operation } from "@/lib/gate/operation";
import { findTenant } from "@/lib/tenants/find";
import { showDomainContract } from "./contract";
import { findDomain } from "./find";
import { domainDetailOf } from "./view";

export const showDomain = operation(showDomainContract, async (ctx, { id, domain }) => {
  await findTenant(ctx, id);
  return await domainDetailOf(ctx.db, await findDomain(ctx, id, domain));
});
