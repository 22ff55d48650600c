import { operation } from "@/lib/gate/operation";
import { showRoleContract } from "./contract-roles";
import { readRole } from "./role-rows";

export const showRole = operation(showRoleContract, async (ctx, { name }) => await readRole(ctx.db, name));
