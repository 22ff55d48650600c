import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { vouchDomainContract } from "./contract";
import { lockForDomains } from "./find";
import { stateOf } from "./rules";
import { holdDomain, vouchFor } from "./settle";
import { domainDetailOf } from "./view";

export const vouchDomain = operation(vouchDomainContract, async (ctx, { id, domain, reason }) => {
  await lockForDomains(ctx, id);
  const before = await holdDomain(ctx, { tenantId: id, id: domain });
  if (stateOf(before, false) === "verified") throw new AppError("conflict", "This domain is verified already.");
  return await domainDetailOf(ctx.db, await vouchFor(ctx, before, reason));
});
