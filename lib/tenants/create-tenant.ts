import { operation } from "@/lib/gate/operation";
import { createTenantContract } from "./contract";
import { register } from "./register";

export const createTenant = operation(createTenantContract, (ctx, input) => register(ctx, input));
