import { operation } from "@/lib/gate/operation";
import { showTenantBySlugContract } from "./contract";
import { readTenantView } from "./read-views";

export const showTenantBySlug = operation(showTenantBySlugContract, (ctx, { slug }) => readTenantView(ctx, { slug }));
