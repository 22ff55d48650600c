import { operation } from "@/lib/gate/operation";
import { showTenantContract } from "./contract";
import { readTenantView } from "./read-views";

export const showTenant = operation(showTenantContract, (ctx, { id }) => readTenantView(ctx, { id }));
