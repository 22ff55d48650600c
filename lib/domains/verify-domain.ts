import { operation } from "@/lib/gate/operation";
import { inSlot } from "@/lib/servers/slots";
import { findTenant } from "@/lib/tenants/find";
import { verifyDomainContract } from "./contract";
import { type DnsTxt, dnsTxt, lookUp } from "./dns";
import { findDomain, lockForDomains } from "./find";
import { settle } from "./settle";
import { domainDetailOf } from "./view";

/** The operation with any way to ask DNS. */
export const verifyBy = (txt: DnsTxt) =>
  operation(verifyDomainContract, async (ctx, { id, domain }) => {
    await findTenant(ctx, id);
    const asked = await findDomain(ctx, id, domain);
    // DNS may be slow: the tenant's row is held only afterwards.
    const look = await inSlot(() => lookUp(asked, txt));
    await lockForDomains(ctx, id);
    return await domainDetailOf(ctx.db, await settle(ctx, { tenantId: id, id: domain }, look, true));
  });

export const verifyDomain = verifyBy(dnsTxt);
