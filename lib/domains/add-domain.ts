import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { announceTenant, recordActivity } from "@/lib/tenants/activity";
import { endClaims, holderOf, holderWords, holdHosts, newDomain, refusedHost } from "@/lib/tenants/domain";
import type { LockedTenant } from "@/lib/tenants/find";
import { addDomainContract } from "./contract";
import { lockForDomains } from "./find";
import { told } from "./settle";
import { domainDetailOf } from "./view";

/** How many domains a tenant may have. */
export const mostDomains = 100;

export const addDomain = operation(addDomainContract, async (ctx, { id, hostname }) => {
  const tenant = await lockForDomains(ctx, id);
  await holdHosts(ctx.db, [hostname]);
  await checkFree(ctx, tenant, hostname);
  const made = newDomain(hostname, ctx.now());
  const proven = "verifiedAt" in made;
  const primary = proven && !tenant.domains.some((domain) => domain.primary);
  const row = await ctx.db.domain.create({ data: { ...made, tenantId: id, primary } });
  if (proven) await endClaims(ctx.db, hostname);
  Object.assign(ctx.note, { target: id, after: told(row) });
  const description = `${hostname} added${proven ? "" : "; it answers once it is proven"}`;
  await recordActivity(ctx, { tenantId: id, type: "domain_added", description });
  await announceTenant(ctx.db, id);
  return await domainDetailOf(ctx.db, row);
});

async function checkFree({ db, actor }: Ctx, { domains }: LockedTenant, hostname: string): Promise<void> {
  const refused = refusedHost(hostname);
  if (refused) throw new AppError("invalid", refused, { fields: { hostname: refused } });
  if (domains.some((domain) => domain.hostname === hostname)) throw taken("This tenant has this domain already.");
  const holder = await holderOf(db, hostname);
  if (holder) throw taken(holderWords(actor, holder.tenant));
  if (domains.length >= mostDomains) {
    throw taken(`A tenant can have ${mostDomains} domains. Remove one that is not used any more.`);
  }
}

const taken = (words: string) => new AppError("conflict", words, { fields: { hostname: words } });
