import { operation } from "@/lib/gate/operation";
import { listUsersContract } from "./contract";
import { readUsers } from "./user-row";

export const listUsers = operation(listUsersContract, async (ctx) => ({ users: await readUsers(ctx.db, ctx.now()) }));
