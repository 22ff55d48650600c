import { operation } from "@/lib/gate/operation";
import { seeTenant } from "@/lib/tenants/find";
import { listDomainsContract } from "./contract";
import { domainList } from "./view";

export const listDomains = operation(listDomainsContract, async (ctx, { id }) => {
  return await domainList(ctx.db, await seeTenant(ctx, id));
});
