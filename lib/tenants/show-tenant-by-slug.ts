import { operation } from "@/lib/gate/operation";
import { showTenantBySlugContract } from "./contract";
import { findTenantBySlug } from "./find";
import { tenantViewOf } from "./view";

export const showTenantBySlug = operation(showTenantBySlugContract, async (ctx, { slug }) => {
  return await tenantViewOf(ctx.db, await findTenantBySlug(ctx, slug));
});
