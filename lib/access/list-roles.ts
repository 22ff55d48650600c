import { operation } from "@/lib/gate/operation";
import { listRolesContract } from "./contract-roles";
import { readRoles } from "./role-rows";

export const listRoles = operation(listRolesContract, async (ctx) => ({ roles: await readRoles(ctx.db) }));
