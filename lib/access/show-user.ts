import { operation } from "@/lib/gate/operation";
import { showUserContract } from "./contract";
import { readUser } from "./user-row";

export const showUser = operation(showUserContract, async (ctx, { id }) => await readUser(ctx.db, ctx.now(), id));
